// Few media elements at once: what is on before what is soon, voices before faces, who speaks before who is silent.
import { expect, test } from "vitest";

import { castAt, MOST_ELEMENTS, type Part } from "./cast";

const part = (id: string, source: Part["source"], change: Partial<Part> = {}): Part => ({
  id,
  source,
  user_id: id.replace(/^\w+-/, ""),
  starts: 0,
  ms: 60_000,
  bytes: 1_000,
  ...change,
});
const many = (count: number, source: Part["source"], change: (i: number) => Partial<Part> = () => ({})) =>
  Array.from({ length: count }, (_, i) => part(`${source}-${i}`, source, change(i)));
const ids = (parts: Part[]) => parts.map(({ id }) => id);
const alive = ({ pictures, voices, soon }: ReturnType<typeof castAt>) =>
  pictures.length + voices.length + soon.length;

test("a small class has all of it, and what is far away has nothing", () => {
  const parts = [
    part("microphone-a", "microphone"),
    part("camera-a", "camera"),
    part("microphone-b", "microphone"),
    part("screen-a", "screen", { starts: 10_000, ms: 5_000 }),
    part("microphone-c", "microphone", { starts: 40_000 }),
  ];
  const cast = castAt(parts, 0);
  expect(ids(cast.pictures)).toEqual(["camera-a"]);
  expect(ids(cast.voices)).toEqual(["microphone-a", "microphone-b"]);
  expect(ids(cast.faces)).toEqual(["microphone-b"]);
  expect(ids(cast.soon)).toEqual(["screen-a"]);
  expect(cast.unheard).toBe(0);
  expect(ids(castAt(parts, 12_000).pictures)).toEqual(["screen-a", "camera-a"]);
});

test("a large class has no more than its number, all voices first", () => {
  const cast = castAt(
    [...many(20, "camera"), ...many(20, "microphone"), ...many(30, "screen", () => ({ starts: 5_000 }))],
    0,
  );
  expect(alive(cast)).toBe(MOST_ELEMENTS);
  expect([cast.voices.length, cast.pictures.length, cast.unheard]).toEqual([20, 4, 0]);
});

test("of more voices than that, those are heard who say most, beside the screen and a few faces", () => {
  const cast = castAt(
    [
      ...many(40, "microphone", (i) => ({ bytes: 1_000 + i })),
      part("screen-x", "screen"),
      ...many(5, "camera"),
    ],
    0,
  );
  expect(alive(cast)).toBe(MOST_ELEMENTS);
  expect(ids(cast.pictures)).toEqual(["screen-x", "camera-0", "camera-1", "camera-2"]);
  expect(ids(cast.voices)).toContain("microphone-39");
  expect(ids(cast.voices)).not.toContain("microphone-0");
  expect(cast.unheard).toBe(20);
});
