/** Gets a seat, keeps it over a reload, and gets another when it is lost. Knows no sockets and no media. */
import type { Problem } from "../../../contract/types";
import { Refused } from "../../../lib/api";
import { waitBefore } from "./line";
import { type Seat, slugOf } from "./protocol";
import { type RememberedSeat, SeatMemory, type Shelf } from "./seat-memory";

export type Choices = Pick<RememberedSeat, "microphone" | "camera" | "microphoneId" | "cameraId">;

export interface SeatHandlers {
  /** Rejects with `Refused` when the server said no, with anything else when it could not be asked. */
  join(): Promise<Seat>;
  choices(): Choices;
  taken(): void;
  closed(problem: Problem): void;
}

/** How long to wait before knocking again at a room that is not open yet. */
const EARLY = 5000;

export class SeatKeeper {
  #seat: Omit<Seat, "state"> | null = null;
  #recalled = false;
  #attempts = 0;
  #stopped = false;
  readonly #memory: SeatMemory;

  constructor(
    shelf: Shelf,
    sessionId: string,
    private readonly handlers: SeatHandlers,
  ) {
    this.#memory = new SeatMemory(shelf, sessionId);
  }

  get seat(): Omit<Seat, "state"> | null {
    return this.#seat;
  }

  /** The seat was another page's before: the server may still hold that page's connections. */
  get recalled(): boolean {
    return this.#recalled;
  }

  /** The seat of the page before a reload, with what was switched on. */
  recall(): Choices | null {
    const kept = this.#memory.recall();
    this.#seat = kept;
    this.#recalled = kept !== null;
    return kept;
  }

  /** Asks until there is an answer that counts. Never rejects. */
  async take(): Promise<void> {
    while (!this.#stopped) {
      try {
        this.#seat = await this.handlers.join();
        break;
      } catch (error) {
        const problem = error instanceof Refused ? error.problem : null;
        if (problem && isFinal(problem)) return this.#stopped ? undefined : this.handlers.closed(problem);
        await pause(problem && isEarly(problem) ? EARLY : waitBefore(this.#attempts++));
      }
    }
    if (this.#stopped) return;
    this.#recalled = false;
    this.remember();
    this.handlers.taken();
  }

  /** The hold has run out (a lid closed for a minute) or the token is void: a new seat, without a device check. */
  async replace(): Promise<void> {
    this.#seat = null;
    this.#memory.forget();
    const wait = this.#attempts === 0 ? 0 : waitBefore(this.#attempts);
    this.#attempts += 1;
    await pause(wait);
    await this.take();
  }

  /** The seat is good: the room has answered on it. */
  settled(): void {
    this.#attempts = 0;
  }

  remember(): void {
    if (!this.#seat || this.#stopped) return;
    const { seat_id, token, ice_servers } = this.#seat;
    this.#memory.keep({ seat_id, token, ice_servers, ...this.handlers.choices() });
  }

  /** `forget` when nobody shall come back to this seat. */
  stop(forget: boolean): void {
    this.#stopped = true;
    if (forget) this.#memory.forget();
  }
}

const isEarly = (problem: Problem) => slugOf(problem) === "not-open-yet";

/**
 * What the server refused for a reason stays refused; a missing answer (0), a busy or a broken server does not, nor
 * does a room that opens in a moment by a clock that differs from ours.
 */
function isFinal(problem: Problem): boolean {
  return problem.status >= 400 && problem.status < 500 && problem.status !== 429 && !isEarly(problem);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
