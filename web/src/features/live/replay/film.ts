/** A board as it was at any moment of a recording. Pure. */
import * as Y from "yjs";

import { Board, type BoardElement } from "../board/objects";

export interface Frame {
  at_ms: number;
  update: Uint8Array;
}

export class Film {
  #board = new Y.Doc();
  #reader = new Board(this.#board);
  /** So many frames are in it. */
  #played = 0;

  constructor(private readonly frames: Frame[]) {}

  /** How many frames there are up to this moment: what is shown changes with it. */
  frameAt(ms: number): number {
    let [low, high] = [0, this.frames.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.frames[middle]?.at_ms ?? Infinity) <= ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What is on the board after so many frames. Going back begins anew: frames are made to be played on. */
  elements(frame: number): BoardElement[] {
    if (frame < this.#played) {
      this.#board = new Y.Doc();
      this.#reader = new Board(this.#board);
      this.#played = 0;
    }
    const next = this.frames.slice(this.#played, frame);
    this.#board.transact(() => next.forEach(({ update }) => Y.applyUpdate(this.#board, update)));
    this.#played = frame;
    return this.#reader.elements();
  }
}
