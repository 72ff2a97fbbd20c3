import { describe, expect, it } from "vitest";

import { boxOf, overlap } from "./boxes";
import { coloured, copied, described, linked, resized, reworded, toBack, toFront } from "./change";
import { freePlace, joined, newThing, shifted, topIndex } from "./make";
import { movedBy, type Relation, target } from "./move";
import { boardOf, el, harbour, note, thing, thingsOn } from "./things-for-tests";

function setUp() {
  const board = boardOf(harbour());
  const move = (id: string, relation: Relation, other?: string) => {
    const things = thingsOn(board);
    const one = thing(things, id);
    const to = target(things, one, relation, other === undefined ? undefined : thing(things, other));
    if (!to) throw new Error("nowhere");
    board.put(movedBy(board.elements(), one, to.x - one.box.x, to.y - one.box.y));
    return thing(thingsOn(board), id).box;
  };
  const box = (id: string) => thing(thingsOn(board), id).box;
  return { board, move, box };
}

describe("moving by words", () => {
  it("puts a thing on each side of another, in line with it", () => {
    const { move, box } = setUp();
    const other = box("boat");
    const below = move("sea", "below", "boat");
    expect(below.y).toBeGreaterThan(other.y + other.height);
    expect(below.x + below.width / 2).toBeCloseTo(other.x + other.width / 2);
    expect(move("sea", "left", "boat").x).toBeLessThan(other.x - 160);
    expect(move("sea", "above", "title").y).toBeLessThan(-120);
    const right = move("gulls", "right", "sun");
    expect(right.x).toBeGreaterThan(box("sun").x + 160);
  });

  it("goes on where another thing stands already", () => {
    const { move, box } = setUp();
    const moved = move("gulls", "right", "sun");
    for (const id of ["sun", "sea", "boat", "title"]) expect(overlap(moved, box(id)), id).toBe(false);
  });

  it("puts it inside, in the middle and into corners", () => {
    const { move, box } = setUp();
    const [inside, boat] = [move("sea", "inside", "boat"), box("boat")];
    expect(inside.x + inside.width / 2).toBeCloseTo(boat.x + boat.width / 2);
    expect(inside.y + inside.height / 2).toBeCloseTo(boat.y + boat.height / 2);
    const middle = move("gulls", "middle");
    for (const id of ["sun", "boat", "title", "wave1"]) expect(overlap(middle, box(id)), id).toBe(false);
    const corner = move("gulls", "bottom-right");
    expect(corner.x).toBeGreaterThan(400);
  });

  it("takes the text of a note along, and the arrows that point at it", () => {
    const { board, move } = setUp();
    const [text, arrow] = [board.element("sun-text"), board.element("arrow")];
    const sun = move("sun", "below", "gulls");
    expect(board.element("sun-text")?.y).toBeGreaterThan(text?.y ?? Infinity);
    const after = board.element("arrow");
    expect(after?.y).not.toBe(arrow?.y);
    const ends = (after?.points as [number, number][]).map(([x, y]) => [
      (after?.x ?? 0) + x,
      (after?.y ?? 0) + y,
    ]);
    const near = { x: (ends[0]?.[0] ?? 0) - 10, y: (ends[0]?.[1] ?? 0) - 10, width: 20, height: 20 };
    expect(overlap(near, sun)).toBe(true);
    expect(after?.points).toHaveLength(2);
  });

  it("does nothing without another thing, and nothing beside itself", () => {
    const things = thingsOn(boardOf(harbour()));
    const sea = thing(things, "sea");
    expect(target(things, sea, "right", undefined)).toBeNull();
    expect(target(things, sea, "right", sea)).toBeNull();
  });
});

describe("new things", () => {
  it.each(["note", "text", "rectangle", "ellipse", "diamond"] as const)(
    "a %s can be read again, with its words",
    (kind) => {
      const board = boardOf(harbour());
      const made = newThing(kind, "One two three", "#ffec99", topIndex(board.elements()));
      const before = thingsOn(board);
      board.put(shifted(made, freePlace(before, boxOf(made[0] ?? el("x", "text", 0, 0)))));
      const fresh = thing(thingsOn(board), made[0]?.id ?? "");
      expect(fresh.text).toBe("One two three");
      for (const { box, kind: other } of before)
        if (other !== "arrow") expect(overlap(fresh.box, box)).toBe(false);
      expect(board.elements().at(-1)?.id).toBe(made.at(-1)?.id);
    },
  );

  it("a note grows with its text, which stays in its middle", () => {
    const [holder, text] = newThing("note", "many words ".repeat(60).trim(), "#ffec99", "a0");
    expect(holder?.height).toBeGreaterThan(160);
    expect((text?.y ?? 0) + (text?.height ?? 0) / 2).toBeCloseTo(
      (holder?.y ?? 0) + (holder?.height ?? 0) / 2,
    );
    expect(String(text?.text).split("\n").length).toBeGreaterThan(5);
    expect(text?.originalText).not.toContain("\n");
    expect(text?.width).toBeLessThanOrEqual(230);
  });

  it("an arrow is bound to both, from edge to edge", () => {
    const board = boardOf([...note("a", "A", 0, 0), ...note("b", "B", 400, 0)]);
    const [a, b] = [board.element("a"), board.element("b")];
    if (!a || !b) throw new Error();
    board.put(joined("arrow", a, b, "#1e1e1e", "a9"));
    const arrow = thingsOn(board).find(({ kind }) => kind === "arrow");
    expect(arrow).toMatchObject({ from: "a", to: "b" });
    expect(arrow?.box).toMatchObject({ x: 168, y: 60, width: 224, height: 0 });
    expect(board.element("a")?.boundElements).toHaveLength(2);
  });
});

describe("changes", () => {
  const change = (
    id: string,
    act: (board: ReturnType<typeof boardOf>, one: ReturnType<typeof thing>) => void,
  ) => {
    const board = boardOf(harbour());
    act(board, thing(thingsOn(board), id));
    return { board, now: thing(thingsOn(board), id) };
  };

  it("of words, colour, link and description", () => {
    const words = change("sea", (board, one) => board.put(reworded(board.elements(), one, "Green paper")));
    expect(words.now.text).toBe("Green paper");
    expect(change("sea", (board, one) => board.put(coloured(one, "#b2f2bb"))).now.colour).toBe("green");
    expect(
      change("wave1", (board, one) => board.put(coloured(one, "#e03131"))).board.element("wave2")
        ?.strokeColor,
    ).toBe("#e03131");
    expect(change("sea", (board, one) => board.put(linked(one, "https://a.example"))).now.link).toBe(
      "https://a.example",
    );
    expect(change("boat", (board, one) => board.put(described(one, "A ship"))).now.text).toBe("A ship");
  });

  it("of size, from the middle", () => {
    const { now } = change("sea", (board, one) => board.put(resized(board.elements(), one, 1.25)));
    expect(now.box).toMatchObject({ width: 200, height: 150, x: 620 });
    const drawn = change("wave1", (board, one) => board.put(resized(board.elements(), one, 2)));
    expect(drawn.now.box.width).toBeCloseTo(440);
  });

  it("of what lies over what; a background stays behind all", () => {
    const board = boardOf([el("ground", "image", 0, 0, { locked: true, index: "a0" }), ...harbour()]);
    board.put(toFront(board.elements(), thing(thingsOn(board), "sun")));
    expect(
      board
        .elements()
        .slice(-2)
        .map(({ id }) => id),
    ).toEqual(["sun", "sun-text"]);
    board.put(toBack(board.elements(), thing(thingsOn(board), "sun")));
    expect(
      board
        .elements()
        .slice(0, 3)
        .map(({ id }) => id),
    ).toEqual(["ground", "sun", "sun-text"]);
  });

  it("a copy stands beside it and is its own", () => {
    const board = boardOf(harbour());
    const things = thingsOn(board);
    board.put(copied(board.elements(), things, thing(things, "sun")));
    const [copy] = thingsOn(board).filter(({ text, id }) => text === "A big sun!" && id !== "sun");
    expect(copy?.parts).toHaveLength(2);
    for (const { box, kind } of things)
      if (kind !== "arrow") expect(overlap(copy?.box ?? box, box)).toBe(false);
    expect(board.element("sun")?.boundElements).toEqual([{ id: "sun-text", type: "text" }]);
  });
});
