// The board of the class that makes a harbour, for tests.
import * as Y from "yjs";

import { Board, type BoardElement } from "../objects";
import { type Thing, thingsOf } from "./things";

export function el(
  id: string,
  type: string,
  x: number,
  y: number,
  more: Partial<BoardElement> = {},
): BoardElement {
  return {
    id,
    type,
    x,
    y,
    width: 100,
    height: 80,
    index: "a0",
    ...more,
  };
}

export function note(id: string, words: string, x: number, y: number, colour = "#ffec99"): BoardElement[] {
  return [
    el(id, "rectangle", x, y, {
      width: 160,
      height: 120,
      backgroundColor: colour,
      customData: { note: true },
      boundElements: [{ id: `${id}-text`, type: "text" }],
    }),
    el(`${id}-text`, "text", x + 5, y + 50, { text: words, containerId: id, width: 150, height: 25 }),
  ];
}

export const bind = (elementId: string) => ({ elementId, focus: 0, gap: 8 });

/** As in the picture of the design: a title, a picture, three notes, an arrow and a drawing of two strokes. */
export function harbour(): BoardElement[] {
  return drawn().map((one, at) => ({ ...one, index: `a${"123456789ABCDEF".charAt(at)}` }));
}

function drawn(): BoardElement[] {
  const wave = { points: [[0, 0], [100, 20], [200, 0]], groupIds: ["g"], strokeColor: "#1971c2" }; // prettier-ignore
  return [
    el("title", "text", 0, 0, { text: "Our harbour picture", fontSize: 36, width: 330, height: 45 }),
    el("boat", "image", 0, 100, { width: 360, height: 250, customData: { alt: "Harbour with a red boat" } }),
    ...note("sun", "A big sun!", 430, 90, "#d0bfff"),
    ...note("sea", "Blue paper for the sea", 640, 95),
    ...note("gulls", "Gulls from newspaper", 440, 250, "#b2f2bb"),
    el("arrow", "arrow", 422, 150, { points: [[0, 0], [-54, 10]], startBinding: bind("sun"), endBinding: bind("boat") }), // prettier-ignore
    el("wave1", "freedraw", 40, 400, wave),
    el("wave2", "freedraw", 60, 440, wave),
  ];
}

export function boardOf(elements: BoardElement[]): Board {
  const board = new Board(new Y.Doc());
  board.put(elements);
  board.undo.clear();
  return board;
}

export function thingsOn(board: Board, mirrored = false): Thing[] {
  return thingsOf(board.elements(), () => null, mirrored);
}

export function thing(things: Thing[], id: string): Thing {
  const found = things.find((one) => one.id === id);
  if (!found) throw new Error(`${id} is not on the board`);
  return found;
}
