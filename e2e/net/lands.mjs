// Three network namespaces and a router between them: a home, a server and a relay, each behind a wire of its own.
import { execFileSync } from 'node:child_process';

import { until } from '../lib/until.mjs';

const ip = (...given) => execFileSync('ip', given, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A command for inside of a namespace. */
export const inside = (land) => `ip netns exec ${land}`;

/** Addresses: the home is 10.77.1.2, the server 10.77.2.2, the relay 10.77.3.2; the router is .1 of each. */
export const address = { home: '10.77.1.2', server: '10.77.2.2', relay: '10.77.3.2' };

const ENDS = ['home', 'server', 'relay'];

export class Lands {
  /** @param {string} name begins the names of all namespaces, and is this run's own */
  constructor(name) {
    this.name = name;
  }

  land(which) {
    return `${this.name}-${which}`;
  }

  build() {
    const router = this.land('router');
    for (const end of [...ENDS, 'router']) {
      ip('netns', 'add', this.land(end));
      ip('-n', this.land(end), 'link', 'set', 'lo', 'up');
    }
    this.run('router', 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
    for (const end of ['server', 'relay']) {
      ip('-n', this.land(end), 'link', 'add', 'wire', 'type', 'veth', 'peer', 'name', end, 'netns', router);
      this.#connect(end);
    }
  }

  /** Puts the two devices of the home's wire where they belong. */
  async wireHome() {
    for (const [device, land, name] of [['tap-home', 'home', 'wire'], ['tap-router', 'router', 'home']]) {
      await until(`socat makes ${device}`, () => ip('link', 'show', device));
      ip('link', 'set', device, 'netns', this.land(land), 'name', name);
    }
    this.#connect('home');
  }

  #connect(end) {
    const [land, router] = [this.land(end), this.land('router')];
    const gateway = address[end].replace(/2$/, '1');
    ip('-n', router, 'address', 'add', `${gateway}/24`, 'dev', end);
    ip('-n', router, 'link', 'set', end, 'up');
    ip('-n', land, 'address', 'add', `${address[end]}/24`, 'dev', 'wire');
    ip('-n', land, 'link', 'set', 'wire', 'up');
    ip('-n', land, 'route', 'add', 'default', 'via', gateway);
  }

  /** Ends whatever still runs in the namespaces, and removes them. */
  remove() {
    for (const land of [...ENDS, 'router'].map((end) => this.land(end))) {
      try {
        for (const pid of ip('netns', 'pids', land).split('\n').filter(Boolean)) {
          if (Number(pid) !== process.pid) process.kill(Number(pid), 'SIGKILL');
        }
        ip('netns', 'delete', land);
      } catch {
        // It was never made, or its last process ended just now.
      }
    }
  }

  run(end, command, ...given) {
    return execFileSync('ip', ['netns', 'exec', this.land(end), command, ...given], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Replaces the router's rules by these, written as nftables has them. */
  rules(text) {
    const script = `flush ruleset\n${text}\n`;
    execFileSync('ip', ['netns', 'exec', this.land('router'), 'nft', '-f', '-'], { input: script, stdio: ['pipe', 'pipe', 'pipe'] });
  }

  /** The home gets another address, as when a tablet changes from one network to another. */
  move(to) {
    const home = this.land('home');
    ip('-n', home, 'address', 'flush', 'dev', 'wire');
    ip('-n', home, 'address', 'add', `${to}/24`, 'dev', 'wire');
    ip('-n', home, 'route', 'add', 'default', 'via', '10.77.1.1');
  }
}
