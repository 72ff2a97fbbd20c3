import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";

import { Binding, type Canvas } from "./binding";
import type { Hand } from "./held";
import type { Drawn } from "./kinds";
import { Board, type BoardElement } from "./objects";
import { changed, plain } from "./same";

/** A canvas as the drawing program's: elements with versions, and what the person has in hand. */
class Paper implements Canvas {
  elements: readonly Drawn[] = [];
  inHand: Partial<Hand> = {};
  shown = 0;
  all = () => this.elements;
  hand = () => ({ selectedElementIds: {}, cursorButton: "up", ...this.inHand }) as Hand;
  show = (elements: readonly Drawn[]) => {
    this.shown += 1;
    this.elements = elements;
  };
  complete = (element: BoardElement) =>
    ({ ...element, version: 1, versionNonce: 1, seed: 1, updated: 1, isDeleted: false }) as unknown as Drawn;

  one(id: string): Drawn {
    const found = this.elements.find((element) => element.id === id);
    if (!found) throw new Error(`no ${id} on the canvas`);
    return found;
  }
  add(id: string, more: object = {}) {
    this.elements = [...this.elements, box(id, { index: `a${this.elements.length + 1}`, ...more })];
  }
  change(id: string, more: Record<string, unknown>) {
    this.elements = this.elements.map((one) => (one.id === id ? changed(one, more) : one));
  }
  remove = (id: string) => this.change(id, { isDeleted: true });
  ids = () => this.elements.filter((one) => !one.isDeleted).map(({ id }) => id);
}

function box(id: string, more: object = {}): Drawn {
  const plainly = { angle: 0, strokeColor: "#1e1e1e", backgroundColor: "transparent", boundElements: [] };
  const own = { id, type: "rectangle", x: 0, y: 0, width: 100, height: 50, index: "a1" };
  return { ...plainly, ...own, version: 1, versionNonce: Math.random(), ...more } as unknown as Drawn;
}

/** A page with its own document, which is the same as the others' after `meet`. */
function page() {
  const doc = new Y.Doc();
  const board = new Board(doc);
  const paper = new Paper();
  return { doc, board, paper, binding: new Binding(board, paper) };
}
type Page = ReturnType<typeof page>;

function wire(a: Page, b: Page) {
  const carry = (from: Page, to: Page) =>
    from.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "wire") Y.applyUpdate(to.doc, update, "wire");
    });
  carry(a, b);
  carry(b, a);
}

/** What is seen is what the document says. */
function expectSame(...pages: Page[]) {
  for (const { board, paper } of pages) {
    const seen = paper.elements.filter((one) => !one.isDeleted).map((one) => plain(one));
    const said = board.elements().map((one) => plain(one as unknown as Drawn));
    expect(seen.map(({ id }) => id)).toEqual(said.map(({ id }) => id));
    said.forEach((one, at) => expect(seen[at]).toMatchObject(one));
  }
}

let ada: Page;
let ben: Page;
beforeEach(() => {
  vi.useFakeTimers();
  ada = page();
  ben = page();
  wire(ada, ben);
});
afterEach(() => {
  ada.binding.stop();
  ben.binding.stop();
  vi.useRealTimers();
});
const quiet = () => vi.advanceTimersByTime(3000);
const drawn = (who: Page) => who.binding.changed();

describe("a canvas and its document", () => {
  it("show the others what one draws, and what one changes and removes", () => {
    ada.paper.add("one");
    drawn(ada);
    quiet();
    expect(ben.paper.one("one").width).toBe(100);
    ben.paper.change("one", { width: 300 });
    drawn(ben);
    quiet();
    expect(ada.paper.one("one").width).toBe(300);
    ada.paper.remove("one");
    drawn(ada);
    quiet();
    expect(ben.paper.ids()).toEqual([]);
    expectSame(ada, ben);
  });

  it("put a growing stroke about ten times a second, while it is drawn", () => {
    const points = [[0, 0]];
    ada.paper.add("stroke", { type: "freedraw", points, pressures: [], simulatePressure: true });
    ada.paper.inHand = { newElement: ada.paper.one("stroke") as never };
    const said = vi.spyOn(ada.board, "put");
    for (let at = 1; at <= 60; at += 1) {
      points.push([at * 3, at]);
      ada.paper.change("stroke", { points: [...points], width: at * 3, height: at });
      drawn(ada);
      vi.advanceTimersByTime(1000 / 60);
    }
    expect(said.mock.calls.length).toBeGreaterThanOrEqual(8);
    expect(said.mock.calls.length).toBeLessThanOrEqual(11);
    vi.advanceTimersByTime(20);
    expect((ben.paper.one("stroke") as unknown as { points: unknown[] }).points.length).toBeGreaterThan(40);
    ada.paper.inHand = {};
    drawn(ada);
    quiet();
    expectSame(ada, ben);
  });

  it("leave what is in hand as it is, until it is let go", () => {
    ada.paper.add("one");
    drawn(ada);
    quiet();
    ben.paper.inHand = { selectedElementIds: { one: true }, selectedElementsAreBeingDragged: true };
    ben.paper.change("one", { x: 40 });
    drawn(ben);
    vi.advanceTimersByTime(150);
    ada.paper.change("one", { x: 900, strokeColor: "#b3372a" });
    drawn(ada);
    vi.advanceTimersByTime(300);
    expect(ben.paper.one("one").x).toBe(40);
    ben.paper.inHand = {};
    drawn(ben);
    quiet();
    expect(ben.paper.one("one").strokeColor).toBe("#b3372a");
    expectSame(ada, ben);
  });

  it("keep both when two change different things of one element at a time", () => {
    ada.paper.add("one");
    drawn(ada);
    quiet();
    ada.paper.change("one", { x: 500 });
    drawn(ada);
    ben.paper.change("one", { strokeColor: "#2f55b8" });
    drawn(ben);
    quiet();
    expect(ada.paper.one("one")).toMatchObject({ x: 500, strokeColor: "#2f55b8" });
    expectSame(ada, ben);
  });

  it("take back only what this person did", () => {
    ada.paper.add("hers");
    drawn(ada);
    quiet();
    ben.binding.begin();
    ben.paper.add("his");
    drawn(ben);
    ben.binding.end();
    quiet();
    ada.binding.undo();
    quiet();
    expect(ben.paper.ids()).toEqual(["his"]);
    ada.binding.redo();
    quiet();
    expect(ben.paper.ids().sort()).toEqual(["hers", "his"]);
    expectSame(ada, ben);
  });

  it("take back one press as one step, however long it lasted", () => {
    ada.binding.begin();
    ada.paper.add("one");
    for (let at = 0; at < 5; at += 1) {
      ada.paper.change("one", { width: 10 + at });
      drawn(ada);
      vi.advanceTimersByTime(900);
    }
    ada.binding.end();
    quiet();
    expect(ada.board.undo.undoStack).toHaveLength(1);
    ada.binding.undo();
    expect(ada.paper.ids()).toEqual([]);
  });

  it("write nothing for who may not draw, and take back what came onto the canvas", () => {
    ada.binding.allow(false);
    ada.paper.add("one");
    drawn(ada);
    quiet();
    expect(ada.board.elements()).toEqual([]);
    expect(ada.paper.ids()).toEqual([]);
  });

  it("write nothing for what only comes in", () => {
    ada.paper.add("one");
    drawn(ada);
    const put = vi.spyOn(ben.board, "put");
    quiet();
    drawn(ben);
    quiet();
    expect(ben.paper.ids()).toEqual(["one"]);
    expect(put).not.toHaveBeenCalled();
  });

  it("have the same order for two who put something in the same place", () => {
    ada.paper.add("b", { index: "a1" });
    ben.paper.add("a", { index: "a1" });
    drawn(ada);
    drawn(ben);
    quiet();
    expect(ada.paper.ids()).toEqual(["a", "b"]);
    expect(ben.paper.ids()).toEqual(["a", "b"]);
    expectSame(ada, ben);
  });

  it("do not send a text before it has a word", () => {
    ada.paper.add("text", { type: "text", text: "", originalText: "" });
    ada.paper.inHand = { editingTextElement: ada.paper.one("text") };
    drawn(ada);
    vi.advanceTimersByTime(300);
    expect(ada.board.elements()).toEqual([]);
    ada.paper.change("text", { text: "Hello", originalText: "Hello" });
    drawn(ada);
    vi.advanceTimersByTime(300);
    expect(ben.paper.one("text")).toMatchObject({ text: "Hello" });
  });

  it("are the same after a storm, whoever did what when", () => {
    let dice = 7;
    const roll = (most: number) => (dice = (dice * 1103515245 + 12345) % 2147483648) % most;
    for (let step = 0; step < 300; step += 1) {
      const who = roll(2) ? ada : ben;
      const ids = who.paper.ids();
      const id = ids[roll(Math.max(1, ids.length))];
      const deed = roll(6);
      if (deed < 2 || !id) who.paper.add(`e${step}`, { index: `a${1 + roll(9)}` });
      else if (deed === 2) who.paper.remove(id);
      else if (deed === 3) who.binding.undo();
      else if (deed === 4)
        who.paper.inHand = { selectedElementIds: { [id]: true }, cursorButton: roll(2) ? "down" : "up" };
      else who.paper.change(id, { x: roll(500), width: roll(90) + 10 });
      drawn(who);
      vi.advanceTimersByTime(roll(160));
    }
    ada.paper.inHand = {};
    ben.paper.inHand = {};
    drawn(ada);
    drawn(ben);
    quiet();
    quiet();
    expect(ada.board.elements()).toEqual(ben.board.elements());
    expectSame(ada, ben);
  });
});
