import { describe, expect, it } from "vitest";
import { arrowTo, type Rect } from "./arrows";

const tile = (column: number, row: number, size = 1): Rect => ({
  left: column * 100,
  top: row * 100,
  width: size * 100,
  height: size * 100,
});
/** A large tile, two columns beside it, and a row below, as in the drawing of the room. */
const FIELD = [
  tile(0, 0, 2),
  tile(2, 0),
  tile(3, 0),
  tile(2, 1),
  tile(3, 1),
  tile(0, 2),
  tile(1, 2),
  tile(2, 2),
  tile(3, 2),
];

describe("arrow keys among the tiles", () => {
  it("go to the neighbour on that side", () => {
    expect(arrowTo("ArrowRight", 1, FIELD)).toBe(2);
    expect(arrowTo("ArrowLeft", 2, FIELD)).toBe(1);
    expect(arrowTo("ArrowDown", 2, FIELD)).toBe(4);
    expect(arrowTo("ArrowUp", 8, FIELD)).toBe(4);
  });

  it("find the way into and out of the large tile", () => {
    expect([1, 3]).toContain(arrowTo("ArrowRight", 0, FIELD));
    expect(arrowTo("ArrowLeft", 3, FIELD)).toBe(0);
    expect([5, 6]).toContain(arrowTo("ArrowDown", 0, FIELD));
    expect(arrowTo("ArrowUp", 5, FIELD)).toBe(0);
  });

  it("stay where they are at the edge", () => {
    expect(arrowTo("ArrowUp", 1, FIELD)).toBe(1);
    expect(arrowTo("ArrowRight", 8, FIELD)).toBe(8);
  });

  it("reach every tile from every other", () => {
    for (let start = 0; start < FIELD.length; start += 1) {
      const seen = new Set([start]);
      const open = [start];
      while (open.length > 0) {
        const from = open.pop() ?? 0;
        for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
          const to = arrowTo(key, from, FIELD) ?? from;
          if (!seen.has(to)) open.push(to);
          seen.add(to);
        }
      }
      expect(seen.size).toBe(FIELD.length);
    }
  });

  it("go to the first and last with Home and End, and leave other keys alone", () => {
    expect(arrowTo("Home", 4, FIELD)).toBe(0);
    expect(arrowTo("End", 4, FIELD)).toBe(8);
    expect(arrowTo("Enter", 4, FIELD)).toBeNull();
  });
});
