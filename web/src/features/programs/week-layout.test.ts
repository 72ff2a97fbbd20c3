// Where the sessions of a week stand.
import { expect, test } from "vitest";

import { LEAST, weekOfSessions } from "./week-layout";

const MONDAY = "2026-11-23";
const session = (id: string, from: number, to: number, day = MONDAY) => ({ id, day, from, to });
const monday = (...sessions: ReturnType<typeof session>[]) =>
  weekOfSessions(MONDAY, sessions).days[0]!.blocks;

test("a week has five days, and seven when something is on at the weekend", () => {
  expect(weekOfSessions(MONDAY, []).days).toHaveLength(5);
  expect(weekOfSessions(MONDAY, [session("a", 600, 660, "2026-11-28")]).days).toHaveLength(7);
});

test("the hours reach around everything that is on", () => {
  expect(weekOfSessions(MONDAY, [session("a", 570, 615), session("b", 1110, 1200)])).toMatchObject({
    first: 9,
    last: 21,
  });
});

test("sessions one after the other have the whole width", () => {
  expect(
    monday(session("a", 570, 615), session("b", 615, 660)).map(({ lane, lanes }) => [lane, lanes]),
  ).toEqual([
    [0, 1],
    [0, 1],
  ]);
});

test("sessions at the same time stand side by side, never on top of each other", () => {
  const blocks = monday(session("a", 600, 660), session("b", 630, 700), session("c", 665, 720));
  expect(blocks.map(({ id, lane, lanes }) => [id, lane, lanes])).toEqual([
    ["a", 0, 2],
    ["b", 1, 2],
    ["c", 0, 2],
  ]);
});

test("a short session grows, and pushes the one after it down", () => {
  const [short, after] = monday(session("a", 600, 610), session("b", 610, 660));
  expect(short).toMatchObject({ from: 600, to: 600 + LEAST });
  expect(after).toMatchObject({ from: 600 + LEAST, lanes: 1 });
});
