/**
 * The heart beat: tells the server every three seconds that the person is there, and tells us when the line is dead
 * without having said so, or when the computer has slept.
 */
const EVERY = 3000;
const ANSWER = 4000;
/** Less patience when somebody has just come back to look. */
const QUICK = 2500;
/** A pause this long between two ticks means that the computer slept. */
const SLEPT = 10_000;

export class Beat {
  #timer: ReturnType<typeof setInterval> | undefined;
  #last = 0;
  #waiting = false;

  constructor(
    private readonly send: (within: number) => Promise<{ now: string }>,
    private readonly onNow: (serverNow: string) => void,
    private readonly onSilence: () => void,
  ) {}

  start(): void {
    this.stop();
    this.#last = Date.now();
    this.#timer = setInterval(() => this.#tick(), EVERY);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#waiting = false;
  }

  /** Ask right away whether the line lives. */
  check(): void {
    void this.#beat(QUICK);
  }

  #tick(): void {
    const slept = Date.now() - this.#last > SLEPT;
    this.#last = Date.now();
    void this.#beat(slept ? QUICK : ANSWER);
  }

  async #beat(within: number): Promise<void> {
    if (this.#waiting) return;
    this.#waiting = true;
    const timer = this.#timer;
    try {
      const { now } = await this.send(within);
      if (timer === this.#timer) this.onNow(now);
    } catch {
      if (timer === this.#timer) this.onSilence();
    } finally {
      if (timer === this.#timer) this.#waiting = false;
    }
  }
}
