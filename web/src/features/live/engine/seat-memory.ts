/** Remembers the seat for one browser tab, so that a reload comes back to it. */
import type { Seat } from "./protocol";

export interface RememberedSeat extends Omit<Seat, "state"> {
  microphone: boolean;
  camera: boolean;
  microphoneId: string | null;
  cameraId: string | null;
}

export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class SeatMemory {
  readonly #key: string;

  constructor(
    private readonly shelf: Shelf,
    sessionId: string,
  ) {
    this.#key = `vdp-seat:${sessionId}`;
  }

  recall(): RememberedSeat | null {
    try {
      const kept: unknown = JSON.parse(this.shelf.getItem(this.#key) ?? "null");
      return isRemembered(kept) ? kept : null;
    } catch {
      return null;
    }
  }

  keep(seat: RememberedSeat): void {
    // A full or forbidden storage only costs the quick way back after a reload.
    try {
      this.shelf.setItem(this.#key, JSON.stringify(seat));
    } catch {
      return;
    }
  }

  forget(): void {
    try {
      this.shelf.removeItem(this.#key);
    } catch {
      return;
    }
  }
}

function isRemembered(kept: unknown): kept is RememberedSeat {
  if (typeof kept !== "object" || kept === null) return false;
  const seat = kept as Partial<RememberedSeat>;
  return (
    typeof seat.seat_id === "string" && typeof seat.token === "string" && Array.isArray(seat.ice_servers)
  );
}
