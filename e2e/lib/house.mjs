// A house of its own for each story: the built server on a free port, with a data folder that is thrown away.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { Never, until } from './until.mjs';

const root = resolve(import.meta.dirname, '../..');
const binary = process.env.E2E_SERVER ?? join(root, process.env.CARGO_TARGET_DIR ?? 'target', 'debug', 'vdp');

/** Where a story leaves its pictures and the server's log. */
export const output = resolve(import.meta.dirname, '../output');

/** Everybody in the sample house has this password in a story. */
export const password = 'a password for stories 7';

export class House {
  #process = null;
  #log;
  #lines = [];
  #listen = '127.0.0.1:0';
  #args;
  #settings;

  /** The folder that outlives a restart. */
  data = mkdtempSync(join(tmpdir(), 'vdp-house-'));
  /** The address people type, without a slash at its end. */
  url = '';

  /**
   * @param {string} story names the log file
   * @param {{ demo?: boolean, settings?: Record<string, string> }} [how] `settings` are further VDP_… variables
   */
  constructor(story, { demo = true, settings = {} } = {}) {
    mkdirSync(output, { recursive: true });
    this.#log = createWriteStream(join(output, `${story}.server.log`), { flags: 'a' });
    this.#args = demo ? ['serve', '--demo'] : ['serve'];
    this.#settings = settings;
  }

  /** Starts a house and waits until it is ready. */
  static async open(story, how) {
    const house = new House(story, how);
    try {
      await house.start();
    } catch (error) {
      await house.close();
      throw error;
    }
    return house;
  }

  /** Starts the server, on the same port and folder as before if it ran before. Answers in which millisecond it was ready. */
  async start() {
    // The server refuses VDP_ variables it does not know, so what is set around the tests must not reach it.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VDP_')));
    Object.assign(env, {
      VDP_LISTEN: this.#listen,
      VDP_DATA_DIR: this.data,
      VDP_DEMO_PASSWORD: password,
      VDP_MEDIA_IPS: '127.0.0.1',
      ...this.#settings,
    });
    this.#lines = [];
    // If the story's own process dies, the kernel ends the server with it.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', binary, ...this.#args], { cwd: this.data, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    child.once('error', (error) => this.#lines.push(`could not start ${binary}: ${error.message}`));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.#lines.push(line);
        this.#log.write(`${new Date().toISOString()} ${line}\n`);
      });
    }
    const address = await this.#told(/https?:\/\/(?:localhost|[\d.]+):(\d+)/, 'the server prints its address');
    this.#listen = `127.0.0.1:${address[1]}`;
    this.url = this.#settings.VDP_PUBLIC_URL ?? `http://${this.#listen}`;
    await until('the server is ready', async () => (await fetch(`${this.url}/readyz`)).ok, { within: 30_000, every: 20 });
    return Date.now();
  }

  /** The one-time link that an empty house prints. */
  async setUpLink() {
    const found = await this.#told(/https?:\/\/\S+\/set-up#[\w.~-]+/, 'the server prints the set-up link');
    return found[0];
  }

  async #told(pattern, what) {
    return until(
      what,
      () => {
        for (const line of this.#lines) {
          const found = pattern.exec(line);
          if (found) return found;
        }
        if (this.#process.exitCode !== null || this.#process.signalCode !== null || this.#process.pid === undefined) {
          throw new Never(`the server ended before ${what}:\n${this.#lines.slice(-20).join('\n')}`);
        }
        return null;
      },
      { within: 60_000, every: 20 },
    );
  }

  /** The power cut: nothing is flushed, nobody is told. */
  async kill9() {
    await this.#end('SIGKILL');
  }

  /** The orderly stop. */
  async stop() {
    await this.#end('SIGTERM');
  }

  async #end(signal) {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  }

  /** Ends the server and removes its folder. */
  async close() {
    await this.#end('SIGKILL');
    this.#log.end();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Speaks to the API as somebody of the sample house. */
  async as(email) {
    const signedIn = await this.#fetch('POST', '/auth/login', undefined, { email, password });
    const call = (method) => (path, body) => this.#fetch(method, path, signedIn.access_token, body);
    const bytes = async (path) => Buffer.from(await (await this.#ask('GET', path, signedIn.access_token)).arrayBuffer());
    return { me: signedIn.user, bytes, get: call('GET'), post: call('POST'), patch: call('PATCH'), put: call('PUT'), delete: call('DELETE') };
  }

  async #fetch(method, path, token, body) {
    const text = await (await this.#ask(method, path, token, body)).text();
    return text ? JSON.parse(text) : null;
  }

  async #ask(method, path, token, body) {
    const headers = { accept: 'application/json' };
    if (token) headers.authorization = `Bearer ${token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const answer = await fetch(`${this.url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer;
  }
}
