// Where the day lies on its arc.
import { expect, test } from "vitest";

import { arcOf, WIDTH } from "./arc";

const day = [
  { from: 570, to: 615, kind: "done" as const },
  { from: 1110, to: 1200, kind: "later" as const },
];

test("a day without sessions has no arc", () => {
  expect(arcOf([], 600)).toBeNull();
});

test("the sun goes from start to end, and stays on its way before and after the day", () => {
  const early = arcOf(day, 0)!.sun!;
  const noon = arcOf(day, 870)!.sun!;
  const late = arcOf(day, 1439)!.sun!;
  expect(early.x).toBeLessThan(noon.x);
  expect(noon.x).toBeLessThan(late.x);
  expect(noon.y).toBeLessThan(early.y);
  expect(late.x).toBeLessThan(WIDTH);
});

test("a right-to-left page sees the same day mirrored", () => {
  const there = arcOf(day, 600)!.sun!;
  const back = arcOf(day, 600, true)!.sun!;
  expect(there.x + back.x).toBeCloseTo(WIDTH);
  expect(there.y).toBe(back.y);
});

test("another day than today has no sun", () => {
  expect(arcOf(day, null)!.sun).toBeNull();
});

test("hours are named between the first and the last, not beside them", () => {
  expect(arcOf(day, null)!.labels.map((label) => label.minutes)).toEqual([540, 720, 900, 1080, 1230]);
});
