/**
 * Who has the floor: whose picture is large. Stays with a person while they speak and through silence, and never
 * changes twice within two seconds, so that laughter does not shuffle the stage.
 */
import type { SeatId } from "./protocol";

const HOLD = 2000;

export class Floor {
  #seats: SeatId[] = [];
  #holder: SeatId | null = null;
  #since = -Infinity;
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
    if (loudest === undefined || (this.#holder !== null && this.#seats.includes(this.#holder))) return;
    const wait = this.#holder === null ? 0 : this.#since + HOLD - Date.now();
    if (wait > 0) this.#timer = setTimeout(() => this.#decide(), wait);
    else this.#give(loudest);
  }

  #give(seat: SeatId | null): void {
    this.#holder = seat;
    this.#since = Date.now();
    this.onChange(seat);
  }
}
