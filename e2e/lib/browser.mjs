// Chromium with a pretended camera, microphone and screen. One process serves a whole story; whoever closes a lid or is
// killed gets a process of their own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { writeBusyCamera, writeCamera } from './camera.mjs';
import { writeVoice } from './voice.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export class Browser {
  #server;
  #folder;
  #browser;

  /**
   * @param {{ under?: string, trusts?: string }} [how] `under`: a command that Chromium is run with (`ip netns exec …`);
   * `trusts`: an http address that is given a camera, as localhost is; `busy`: a picture and a voice that never rest
   */
  static async open({ under, trusts, busy = false } = {}) {
    const it = new Browser();
    it.#folder = mkdtempSync(join(tmpdir(), 'vdp-browser-'));
    const wrapper = join(it.#folder, 'chromium');
    if (under) writeFileSync(wrapper, `#!/bin/sh\nexec ${under} ${executablePath} "$@"\n`, { mode: 0o755 });
    const camera = (busy ? writeBusyCamera : writeCamera)(join(it.#folder, 'camera.y4m'));
    it.#server = await chromium.launchServer({
      executablePath: under ? wrapper : executablePath,
      headless: true,
      args: [
        '--no-sandbox',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${camera}`,
        '--use-fake-ui-for-media-stream', // also answers "share your screen" with a pretended screen
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        ...(busy ? [`--use-file-for-fake-audio-capture=${writeVoice(join(it.#folder, 'voice.wav'))}`] : []),
        ...(trusts ? [`--unsafely-treat-insecure-origin-as-secure=${trusts}`] : []),
      ],
    });
    it.#browser = await chromium.connect(it.#server.wsEndpoint());
    return it;
  }

  /** A person's own cookies, storage and window. */
  context(options) {
    return this.#browser.newContext(options);
  }

  /** The lid closes: every process of the browser stands still, its connections say nothing any more. */
  closeLid() {
    this.#signal('SIGSTOP');
  }

  openLid() {
    this.#signal('SIGCONT');
  }

  /** The battery falls out: no page gets to say goodbye. */
  kill() {
    this.#signal('SIGKILL');
  }

  #signal(name) {
    // Chromium leads a process group of its own, with its helpers in it.
    process.kill(-this.#server.process().pid, name);
  }

  async close() {
    const child = this.#server.process();
    if (child.exitCode === null && child.signalCode === null) {
      this.openLid();
      await this.#browser.close().catch(() => {});
      await this.#server.close().catch(() => {});
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Says in one sentence what is missing, before any story fails for it. */
export function chromiumIsThere() {
  const found = spawnSync(executablePath, ['--version'], { encoding: 'utf8' });
  if (found.status !== 0) throw new Error(`${executablePath} does not run. Please run: scripts/setup test`);
  return found.stdout.trim();
}
