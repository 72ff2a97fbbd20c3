// When a muted person seems to talk.
import { expect, test } from "vitest";

import { TalkTest } from "./talk-test";

const LOUD = -25;
const STILL = -70;
const EVERY = 250;

/** The moments at which it was said, for levels a quarter of a second apart. */
const saidAt = (levels: number[]): number[] => {
  const talk = new TalkTest();
  return levels.flatMap((level, i) => (talk.hear(level, EVERY, i * EVERY) ? [i * EVERY] : []));
};
const of = (level: number, seconds: number): number[] => Array<number>(seconds * 4).fill(level);

test("a second of voice is talking", () => {
  expect(saidAt(of(LOUD, 1))).toEqual([750]);
});

test("words with short pauses between them are talking too", () => {
  expect(saidAt([LOUD, LOUD, STILL, LOUD, STILL, STILL, LOUD])).toHaveLength(1);
});

test("a cough, a quiet room and now and then a noise are not", () => {
  expect(saidAt([LOUD, LOUD, ...of(STILL, 5)])).toEqual([]);
  expect(saidAt([...of(STILL, 3), LOUD, ...of(STILL, 3), LOUD, ...of(STILL, 3), LOUD])).toEqual([]);
});

test("it is said once in a minute, however long somebody talks", () => {
  expect(saidAt(of(LOUD, 119))).toEqual([750, 60_750]);
});
