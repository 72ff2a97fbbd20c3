import { describe, expect, it } from "vitest";

import { fitted, slotsFor } from "./bar";

const controls = [
  { id: "microphone", rank: 1 },
  { id: "camera", rank: 2 },
  { id: "share", rank: 6 },
  { id: "people", rank: 5 },
  { id: "end", rank: 9 },
];
const ids = (some: typeof controls) => some.map(({ id }) => id);

describe("the control bar", () => {
  it("keeps the order and gives a place to the lowest ranks", () => {
    const { shown, rest } = fitted(controls, 4);
    expect(ids(shown)).toEqual(["microphone", "camera", "people"]);
    expect(ids(rest)).toEqual(["share", "end"]);
  });

  it("has nothing to put away where all fit beside More", () => {
    expect(fitted(controls, 6).rest).toEqual([]);
  });

  it("has five places on a phone, and fewer on a desk with large text", () => {
    expect(slotsFor(390, 17, true)).toBe(5);
    expect(slotsFor(1280, 18, false)).toBe(12);
    expect(slotsFor(1280, 36, false)).toBe(6);
  });
});
