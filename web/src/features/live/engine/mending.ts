/**
 * Keeps the two media connections alive: ICE restart first, a fresh connection when that does not help, again and
 * again for as long as the line stands. Knows nothing of people.
 */
import { LineLost } from "./line";
import type { IceServer } from "./protocol";
import { type Publisher, Stranger } from "./publisher";
import type { Subscriber } from "./subscriber";

export type Health = "none" | "connecting" | "up" | "down";

export interface MendingHandlers {
  askRestart(fresh: boolean): Promise<unknown>;
  iceServers(): IceServer[];
  lineUp(): boolean;
  onHealth(health: Health): void;
  refused(error: unknown): void;
}

/** "disconnected" often heals by itself within this time. */
const PATIENCE = 1500;
/** An attempt that has not connected by then is followed by a fresh connection; each is given longer. */
const DEADLINE = 4000;
const LONGEST_DEADLINE = 15_000;
/** Media heard this recently may be alive, whatever happened to the line. */
const STILL_WARM = 1500;
/** It is, if it is heard again within this time: a server that restarted was well a moment ago, too. */
const LISTENS = 1000;

type Step = "restart" | "fresh";

export class Mending {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #secondLook: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  #busy = false;
  #tries = 0;
  #health: Health = "none";

  constructor(
    private readonly publisher: Publisher,
    private readonly subscriber: Subscriber,
    private readonly handlers: MendingHandlers,
  ) {}

  get health(): Health {
    return this.#health;
  }

  /** First connections of this page; `again` when another page (before a reload) had some for the same seat. */
  async begin(again: boolean): Promise<void> {
    // Nothing of an earlier seat may go on: not its connections, not its timers.
    this.stop();
    this.#running = true;
    this.subscriber.use(this.handlers.iceServers());
    try {
      if (again) await this.#freshBoth();
      else await this.#publishFresh();
    } finally {
      if (this.#running) this.#plan("fresh", DEADLINE * 2);
    }
  }

  /** The line is back with the same seat: keep what still flows, mend what does not. */
  async resume(): Promise<void> {
    if (!this.#running) return;
    const since = wallClock();
    if (!(await this.#heardSince(since - STILL_WARM))) return this.#mend("restart");
    clearTimeout(this.#secondLook);
    this.#secondLook = setTimeout(() => void this.#lookAgain(since), LISTENS);
  }

  async #lookAgain(since: number): Promise<void> {
    const silent = !(await this.#heardSince(since));
    if (silent && this.#running && this.handlers.lineUp()) await this.#mend("restart");
  }

  async #heardSince(time: number): Promise<boolean> {
    const { publisher, subscriber } = this;
    const newest = await Promise.all([lastHeard(publisher.connection), lastHeard(subscriber.connection)]);
    return newest[0] > time && (newest[1] > time || subscriber.state === "none");
  }

  /** The network changed. An attempt that is under way is left its time: a second one would undo it. */
  restart(): void {
    const trying = this.#busy || healthOf(this.publisher.state, this.subscriber.state) === "connecting";
    if (this.#running && !trying && this.handlers.lineUp()) void this.#mend("restart");
  }

  /** Our receiving side is broken beyond an ICE restart. */
  renewReceiving(): void {
    if (this.#running && this.handlers.lineUp()) {
      this.subscriber.close();
      void this.handlers.askRestart(true).catch(() => this.#plan("fresh", DEADLINE));
    }
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#secondLook);
    this.publisher.close();
    this.subscriber.close();
    this.#health = "none";
  }

  /** Called whenever either connection changes its state. */
  look(): void {
    if (!this.#running) return;
    const health = healthOf(this.publisher.state, this.subscriber.state);
    if (health === "up") {
      clearTimeout(this.#timer);
      this.#tries = 0;
    }
    if (health === "down") this.#plan("restart", this.#failed() ? 0 : PATIENCE);
    if (health === this.#health) return;
    this.#health = health;
    this.handlers.onHealth(health);
  }

  #failed(): boolean {
    return this.publisher.state === "failed" || this.subscriber.state === "failed";
  }

  #plan(step: Step, after: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const up = healthOf(this.publisher.state, this.subscriber.state) === "up";
      if (this.#running && !up && this.handlers.lineUp()) void this.#mend(step);
    }, after);
  }

  async #mend(step: Step): Promise<void> {
    if (this.#busy) return;
    clearTimeout(this.#timer);
    this.#busy = true;
    try {
      if (step === "restart") await this.#restartBoth();
      else await this.#freshBoth();
    } catch (error) {
      if (error instanceof LineLost || !this.#running) return;
      this.handlers.refused(error);
    } finally {
      this.#busy = false;
    }
    // Whatever was done: if it has not helped by then, the next step is always a fresh one.
    if (this.#running) this.#plan("fresh", Math.min(LONGEST_DEADLINE, DEADLINE * 1.5 ** this.#tries++));
  }

  async #restartBoth(): Promise<void> {
    try {
      await this.publisher.restartIce();
    } catch (error) {
      if (error instanceof LineLost) throw error;
      // Another server process, or one that no longer knows the connection: nothing of the old is worth keeping.
      if (!(error instanceof Stranger)) this.handlers.refused(error);
      return this.#freshBoth();
    }
    if (this.subscriber.state !== "none") await this.handlers.askRestart(false);
  }

  async #freshBoth(): Promise<void> {
    await this.#publishFresh();
    // Dropped now and not when the new offer comes: in an empty room there is nothing to offer.
    this.subscriber.close();
    await this.handlers.askRestart(true);
    this.look();
  }

  async #publishFresh(): Promise<void> {
    await this.publisher.start(this.handlers.iceServers());
    this.look();
  }
}

function healthOf(
  sending: RTCPeerConnectionState | "none",
  receiving: RTCPeerConnectionState | "none",
): Health {
  const bad = (state: string) => state === "failed" || state === "disconnected" || state === "closed";
  if (bad(sending) || bad(receiving)) return "down";
  const good = receiving === "connected" || receiving === "none";
  return sending === "connected" && good ? "up" : "connecting";
}

/** When this connection heard something from the server last; 0 when it is not connected. */
async function lastHeard(pc: RTCPeerConnection | null): Promise<number> {
  if (pc?.connectionState !== "connected") return 0;
  const report = await pc.getStats();
  let newest = 0;
  report.forEach((entry: { type: string; lastPacketReceivedTimestamp?: number }) => {
    if (entry.type === "candidate-pair") newest = Math.max(newest, entry.lastPacketReceivedTimestamp ?? 0);
  });
  return newest;
}

/** The clock of the statistics. */
const wallClock = () => performance.timeOrigin + performance.now();
