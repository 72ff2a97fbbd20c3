/**
 * Tells the server which pictures are on the screen and how tall; waits a moment so that a resize is one message. A page
 * that nobody looks at for a while asks for nothing but what stands in a window of its own.
 */
import type { WatchedTile } from "./protocol";
import { type Thrift, thrifty } from "./thrift";

const SETTLE = 150;
/** Who only glances at another tab finds the pictures still moving. */
const HIDDEN_AFTER = 5000;

export class Watch {
  #stage: WatchedTile[] = [];
  #apart: WatchedTile[] = [];
  #thrift: Thrift = "none";
  #hidden = false;
  #told = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hiding: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tell: (tiles: WatchedTile[]) => Promise<unknown>) {}

  /** What the page shows. */
  show(tiles: WatchedTile[]): void {
    this.#stage = tiles;
    this.#soon();
  }

  /** What is shown in a window of its own, whether or not the page can be seen. */
  showApart(tiles: WatchedTile[]): void {
    this.#apart = tiles;
    this.#soon();
  }

  save(thrift: Thrift): void {
    this.#thrift = thrift;
    this.#soon();
  }

  lookedAway(): void {
    clearTimeout(this.#hiding);
    this.#hiding = setTimeout(() => this.#hide(true), HIDDEN_AFTER);
  }

  lookedAt(): void {
    clearTimeout(this.#hiding);
    if (this.#hidden) this.#hide(false);
  }

  /** The server may have forgotten: a new seat, a new process. */
  repeat(): void {
    this.#told = "";
    this.#send();
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#hiding);
  }

  #hide(hidden: boolean): void {
    this.#hidden = hidden;
    this.#send();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), SETTLE);
  }

  #send(): void {
    const tiles = thrifty(together(this.#hidden ? [] : this.#stage, this.#apart), this.#thrift);
    const text = JSON.stringify(tiles);
    if (text === this.#told) return;
    this.#told = text;
    this.tell(tiles).catch(() => {
      // Not delivered, so not told; the next change or the line's return sends it again.
      if (this.#told === text) this.#told = "";
    });
  }
}

const keyOf = (tile: WatchedTile) => `${tile.seat_id}/${tile.source}`;

/** Each picture once, as tall as the larger place needs it; always in one order, so that the same is no news. */
function together(stage: WatchedTile[], apart: WatchedTile[]): WatchedTile[] {
  const tallest = new Map<string, WatchedTile>();
  for (const tile of [...stage, ...apart]) {
    const before = tallest.get(keyOf(tile));
    if (!before || before.height < tile.height) tallest.set(keyOf(tile), tile);
  }
  return [...tallest.values()].sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}
