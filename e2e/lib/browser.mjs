// Chromium with a pretended camera, microphone and screen. One process serves a whole story; whoever closes a lid or is
// killed gets a process of their own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { writeCamera } from './camera.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export class Browser {
  #server;
  #folder;
  #browser;

  static async open() {
    const it = new Browser();
    it.#folder = mkdtempSync(join(tmpdir(), 'vdp-browser-'));
    const camera = writeCamera(join(it.#folder, 'camera.y4m'));
    it.#server = await chromium.launchServer({
      executablePath,
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
