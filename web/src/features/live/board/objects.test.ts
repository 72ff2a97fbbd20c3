import { describe, expect, it } from "vitest";
import * as Y from "yjs";

import { Board, type BoardElement } from "./objects";

const WIRE = Symbol("wire");

/** Pages that hear each other at once, and one that can be cut off. */
function pages(count: number) {
  const docs = Array.from({ length: count }, () => new Y.Doc());
  const boards = docs.map((doc) => new Board(doc));
  let cut: Y.Doc | null = null;
  for (const doc of docs) {
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === WIRE || cut) return;
      for (const other of docs) if (other !== doc) Y.applyUpdate(other, update, WIRE);
    });
  }
  const meet = () => {
    cut = null;
    for (const from of docs)
      for (const to of docs) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from), WIRE);
  };
  const part = () => (cut = docs[0] ?? null);
  return { docs, boards: boards as [Board, Board, Board], meet, part };
}

const box = (id: string, more: Partial<BoardElement> = {}): BoardElement => ({
  id,
  type: "rectangle",
  x: 0,
  y: 0,
  width: 10,
  height: 10,
  index: "a0",
  ...more,
});
const stroke = (points: [number, number][], more: Partial<BoardElement> = {}) =>
  box("s", { type: "freedraw", points, pressures: [], simulatePressure: true, ...more });

/** How many bytes went out while it was done. */
function sent(doc: Y.Doc, act: () => void): number {
  let bytes = 0;
  const count = (update: Uint8Array) => (bytes += update.length);
  doc.on("update", count);
  act();
  doc.off("update", count);
  return bytes;
}
const raw = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>("elements");
const whose = (board: Board) => board.elements().map(({ id }) => id);

describe("the things on a board", () => {
  it("reach the others whole, with the defaults that were not stored", () => {
    const { docs, boards } = pages(2);
    boards[0].put([
      box("a", { strokeColor: "#1e1e1e", backgroundColor: "#ffec99", customData: { note: true } }),
    ]);
    expect(boards[1].element("a")).toMatchObject({
      strokeColor: "#1e1e1e",
      backgroundColor: "#ffec99",
      customData: { note: true },
      opacity: 100,
      boundElements: [],
    });
    expect(
      [
        ...(raw(docs[1] as Y.Doc)
          .get("a")
          ?.keys() ?? []),
      ].sort(),
    ).toEqual(["backgroundColor", "customData", "height", "index", "type", "width", "x", "y"].sort());
    expect(boards[1].authorOf("a")).toBe(docs[0]?.clientID);
    expect(boards[1].authorOf("b")).toBeNull();
    expect(boards[1].element("b")).toBeNull();
  });

  it("never store what only one page needs", () => {
    const { docs, boards } = pages(1);
    boards[0].put([
      box("a", { version: 3, versionNonce: 5, updated: 7, seed: 9, isDeleted: false, other: 1 }),
    ]);
    const stored = raw(docs[0] as Y.Doc).get("a");
    for (const key of ["version", "versionNonce", "updated", "seed", "isDeleted", "other"]) {
      expect(stored?.has(key)).toBe(false);
      expect(boards[0].element("a")).not.toHaveProperty(key);
    }
  });

  it("are in the order in which they are drawn, and the same ones until something changes", () => {
    const { boards } = pages(2);
    boards[0].put([
      box("c", { index: "a1" }),
      box("b", { index: "a1" }),
      box("d"),
      box("a", { index: "a2" }),
    ]);
    const before = boards[1].elements();
    expect(whose(boards[1])).toEqual(["d", "b", "c", "a"]);
    boards[0].put([box("d", { x: 5 })]);
    const after = boards[1].elements();
    expect(after).not.toBe(before);
    expect(after.slice(1)).toEqual(before.slice(1));
    for (const at of [1, 2, 3]) expect(after[at]).toBe(before[at]);
    expect(boards[1].elements()).toBe(after);
    boards[0].put([box("d", { index: "a3" })]);
    boards[0].remove(["c"]);
    expect(whose(boards[1])).toEqual(["b", "a", "d"]);
  });

  it("keep what two people changed at once, and what goes back to the default", () => {
    const { boards, part, meet } = pages(2);
    boards[0].put([box("a", { strokeColor: "#e03131", link: "https://a.example" })]);
    part();
    boards[0].put([box("a", { x: 70, link: null })]);
    boards[1].put([
      { ...(boards[1].element("a") as BoardElement), backgroundColor: "#ffec99", customData: undefined },
    ]);
    meet();
    for (const board of boards)
      expect(board.element("a")).toMatchObject({
        x: 70,
        backgroundColor: "#ffec99",
        strokeColor: "#e03131",
        link: null,
      });
  });

  it("are written only where they differ", () => {
    const { docs, boards } = pages(1);
    const [doc, board] = [docs[0] as Y.Doc, boards[0]];
    const note = box("a", { type: "text", text: "word ".repeat(200), roundness: { type: 3 } });
    board.put([note]);
    const whole = board.element("a") as BoardElement;
    expect(sent(doc, () => board.put([note]))).toBe(0);
    expect(sent(doc, () => board.put([structuredClone(whole)]))).toBe(0);
    expect(sent(doc, () => board.put([]))).toBe(0);
    expect(sent(doc, () => board.remove(["nobody"]))).toBe(0);
    const moved = sent(doc, () => board.put([{ ...whole, x: 3 }]));
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(50);
  });

  it("say what changed, and who did it", () => {
    const { boards } = pages(2);
    const heard: [string[], boolean][] = [];
    const stop = boards[0].observe((ids, mine) => heard.push([[...ids].sort(), mine]));
    boards[0].put([box("a"), box("b")]);
    boards[1].put([box("a", { x: 2 })]);
    boards[1].put([stroke([[0, 0]])]);
    boards[1].put([
      stroke([
        [0, 0],
        [1, 1],
      ]),
    ]);
    boards[0].undo.undo();
    boards[0].remove(["s"]);
    stop();
    boards[0].put([box("c")]);
    expect(heard).toEqual([
      [["a", "b"], true],
      [["a"], false],
      [["s"], false],
      [["s"], false],
      [["a", "b"], false],
      [["s"], true],
    ]);
  });

  it("do not grow with what cannot be read again", () => {
    const { docs, boards } = pages(1);
    const [doc, board] = [docs[0] as Y.Doc, boards[0]];
    const bad = [
      box("no/id"),
      box("a", { type: "iframe" }),
      box("a", { x: NaN }),
      box("a", { width: Infinity }),
      box("a", { type: "text" }),
      box("a", { type: "line", points: [[0, 0]] }),
    ];
    expect(sent(doc, () => board.put(bad))).toBe(0);
    board.put([box("a", { strokeColor: "red", link: "javascript:alert(1)", x: 4 })]);
    expect(board.element("a")).toMatchObject({ x: 4, link: null, strokeColor: "#1e1e1e" });
    board.put([box("a", { x: 2_000_000, y: 9 })]);
    expect(board.element("a")).toMatchObject({ x: 4, y: 9 });
  });
});

describe("a stroke", () => {
  const wave = (count: number) =>
    Array.from({ length: count }, (_, i) => [i * 1.5, Math.sin(i) * 20] as [number, number]);

  it("costs what is new of it, while it is drawn", () => {
    const { docs, boards } = pages(2);
    const [doc, board] = [docs[0] as Y.Doc, boards[0]];
    board.put([stroke(wave(2000), { pressures: wave(2000).map(() => 0.5) })]);
    const more = sent(doc, () => board.put([stroke(wave(2003), { pressures: wave(2003).map(() => 0.5) })]));
    expect(more).toBeGreaterThan(0);
    expect(more).toBeLessThan(100);
    const read = boards[1].element("s")?.points as [number, number][];
    expect(read).toHaveLength(2003);
    expect(boards[1].element("s")?.pressures).toHaveLength(2003);
    for (const [at, [x, y]] of wave(2003).entries()) {
      // Rounding does not add up.
      expect(Math.abs((read[at]?.[0] ?? 0) - x)).toBeLessThan(0.051);
      expect(Math.abs((read[at]?.[1] ?? 0) - y)).toBeLessThan(0.051);
    }
    expect(sent(doc, () => board.put([board.element("s") as BoardElement]))).toBe(0);
  });

  it("that changes otherwise is written anew", () => {
    const { boards } = pages(2);
    boards[0].put([stroke(wave(20))]);
    boards[0].put([
      stroke([
        [0, 0],
        [5, 5],
        [-3, 2.5],
      ]),
    ]);
    expect(boards[1].element("s")?.points).toEqual([
      [0, 0],
      [5, 5],
      [-3, 2.5],
    ]);
    boards[0].put([
      stroke([
        [0, 0],
        [5, 5],
      ]),
    ]);
    expect(boards[1].element("s")?.points).toEqual([
      [0, 0],
      [5, 5],
    ]);
  });
});

describe("taking back", () => {
  it("takes back only one's own, with another person's changes in between", () => {
    const { boards } = pages(3);
    const [tom, ann, eva] = boards;
    tom.put([box("a")]);
    tom.undo.stopCapturing();
    tom.put([box("a", { x: 50 })]);
    ann.put([{ ...(ann.element("a") as BoardElement), backgroundColor: "#ffec99" }, box("b")]);
    tom.undo.undo();
    expect(eva.element("a")).toMatchObject({ x: 0, backgroundColor: "#ffec99" });
    expect(whose(eva)).toEqual(["a", "b"]);
    tom.undo.redo();
    expect(eva.element("a")).toMatchObject({ x: 50, backgroundColor: "#ffec99" });
    tom.undo.undo();
    tom.undo.undo();
    expect(whose(eva)).toEqual(["b"]);
    expect(tom.undo.canUndo()).toBe(false);
    ann.undo.undo();
    expect(whose(eva)).toEqual([]);
  });

  it("brings back what was removed, whole", () => {
    const { boards } = pages(2);
    boards[0].put([
      box("a", { backgroundColor: "#ffec99" }),
      stroke([
        [0, 0],
        [3, 4],
      ]),
    ]);
    boards[0].undo.stopCapturing();
    const before = structuredClone(boards[1].elements());
    boards[0].remove(["a", "s"]);
    expect(whose(boards[1])).toEqual([]);
    boards[0].undo.undo();
    expect(boards[1].elements()).toEqual(before);
    expect(boards[0].elements()).toEqual(before);
  });

  it("takes back together what was done at once", () => {
    const { boards } = pages(1);
    boards[0].put([box("a")]);
    boards[0].put([box("b")]);
    boards[0].undo.undo();
    expect(whose(boards[0])).toEqual([]);
  });
});
