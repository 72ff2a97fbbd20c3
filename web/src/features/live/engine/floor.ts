/**
 * Who has the floor: whose picture is large. Stays with a person while they speak and through silence. Another takes it
 * by speaking for a moment alone, and it never changes twice within two seconds, so that laughter does not shuffle
 * the stage.
 */
import type { SeatId } from "./protocol";

const HOLD = 2000;
/** A cough is no claim. */
const CLAIM = 600;

export class Floor {
  #seats: SeatId[] = [];
  #holder: SeatId | null = null;
  #since = -Infinity;
  #claim: { seat: SeatId; since: number } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly onChange: (holder: SeatId | null) => void) {}

  /** Who speaks now, loudest first, without oneself: a person wants to see who answers. */
  hear(seats: SeatId[]): void {
    this.#seats = seats;
    this.#decide();
  }

  /** Somebody went away and cannot keep the floor. */
  gone(seat: SeatId): void {
    this.#seats = this.#seats.filter((speaker) => speaker !== seat);
    if (this.#holder === seat) this.#give(null);
    this.#decide();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #decide(): void {
    clearTimeout(this.#timer);
    const [loudest] = this.#seats;
    const kept = this.#holder !== null && this.#seats.includes(this.#holder);
    if (loudest === undefined || kept) {
      this.#claim = null;
      return;
    }
    // The first who speaks in an empty stage need not wait.
    if (this.#holder === null) return this.#give(loudest);
    if (!this.#claim || !this.#seats.includes(this.#claim.seat))
      this.#claim = { seat: loudest, since: Date.now() };
    const wait = Math.max(this.#claim.since + CLAIM, this.#since + HOLD) - Date.now();
    if (wait > 0) this.#timer = setTimeout(() => this.#decide(), wait);
    else this.#give(this.#claim.seat);
  }

  #give(seat: SeatId | null): void {
    this.#holder = seat;
    this.#claim = null;
    this.#since = Date.now();
    this.onChange(seat);
  }
}
