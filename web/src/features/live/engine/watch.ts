/** Tells the server which pictures are on the screen and how tall; waits a moment so that a resize is one message. */
import type { WatchedTile } from "./protocol";

const SETTLE = 150;

export class Watch {
  #tiles: WatchedTile[] = [];
  #told = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tell: (tiles: WatchedTile[]) => Promise<unknown>) {}

  show(tiles: WatchedTile[]): void {
    this.#tiles = [...tiles].sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), SETTLE);
  }

  /** The server may have forgotten: a new seat, a new process. */
  repeat(): void {
    this.#told = "";
    this.#send();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #send(): void {
    const text = JSON.stringify(this.#tiles);
    if (text === this.#told) return;
    this.#told = text;
    this.tell(this.#tiles).catch(() => {
      // Not delivered, so not told; the next change or the line's return sends it again.
      if (this.#told === text) this.#told = "";
    });
  }
}

const keyOf = (tile: WatchedTile) => `${tile.seat_id}/${tile.source}`;
