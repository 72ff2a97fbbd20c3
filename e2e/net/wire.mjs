// A wire between two network namespaces that loses, delays and narrows what goes over it. `tc netem` would do the same, but many
// kernels are built without it; this wants only TAP devices. socat makes each device a row of datagrams, and they pass through here.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';

/** Ports of the two ends, on the loopback of a namespace that is this run's own. */
const PORTS = { home: [47_001, 47_002], router: [47_003, 47_004] };
/** What waits longer in front of a narrow wire is thrown away. */
const QUEUE = 400;

/** @typedef {{ loss?: number, delay?: number, kbits?: number, cut?: boolean }} Weather share lost, milliseconds, kbit/s */

/** One direction. */
class Way {
  /** @type {Weather} */
  weather = {};
  #free = 0;
  #flying = [];
  #timer = null;

  constructor(deliver) {
    this.deliver = deliver;
  }

  take(packet) {
    const { loss = 0, delay = 0, kbits = 0, cut = false } = this.weather;
    if (cut || Math.random() < loss) return;
    const now = performance.now();
    let sent = now;
    if (kbits > 0) {
      const begins = Math.max(now, this.#free);
      if (begins - now > QUEUE) return;
      sent = this.#free = begins + (packet.length * 8) / kbits;
    }
    if (sent + delay - now < 0.5 && this.#flying.length === 0) this.deliver(packet);
    else this.#fly(packet, sent + delay);
  }

  // In the order of their coming: a wire that gets shorter lets nobody overtake.
  #fly(packet, at) {
    this.#flying.push({ packet, at: Math.max(at, this.#flying.at(-1)?.at ?? 0) });
    this.#timer ??= setTimeout(() => this.#land(), Math.max(0, this.#flying[0].at - performance.now()));
  }

  #land() {
    this.#timer = null;
    while (this.#flying.length > 0 && this.#flying[0].at <= performance.now() + 0.5) this.deliver(this.#flying.shift().packet);
    if (this.#flying.length > 0) this.#timer = setTimeout(() => this.#land(), Math.max(1, this.#flying[0].at - performance.now()));
  }
}

export class Wire {
  #ends = {};
  #children = [];

  /** Makes the devices `tap-home` and `tap-router`, to be moved to where they belong. */
  static async lay() {
    const it = new Wire();
    for (const end of ['home', 'router']) it.#ends[end] = await it.#open(end);
    it.up = new Way((packet) => it.#ends.router.send(packet, PORTS.router[1], '127.0.0.1'));
    it.down = new Way((packet) => it.#ends.home.send(packet, PORTS.home[1], '127.0.0.1'));
    it.#ends.home.on('message', (packet) => it.up.take(packet));
    it.#ends.router.on('message', (packet) => it.down.take(packet));
    return it;
  }

  async #open(end) {
    const [ours, theirs] = PORTS[end];
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20, sendBufferSize: 1 << 20 });
    await new Promise((done) => socket.bind(ours, '127.0.0.1', done));
    const device = `TUN,tun-type=tap,iff-no-pi,tun-name=tap-${end}`;
    const datagrams = `UDP4-DATAGRAM:127.0.0.1:${ours},bind=127.0.0.1:${theirs}`;
    const words = ['--pdeathsig', 'KILL', 'socat', '-b', '65536', device, datagrams];
    this.#children.push(spawn('setpriv', words, { stdio: ['ignore', 'ignore', 'inherit'] }));
    return socket;
  }

  /** @param {{ up?: Weather, down?: Weather }} [weather] there, and back; without one the wire is fine */
  set({ up = {}, down = {} } = {}) {
    this.up.weather = up;
    this.down.weather = down;
  }

  end() {
    for (const child of this.#children) child.kill('SIGKILL');
    for (const socket of Object.values(this.#ends)) socket.close();
  }
}
