// Where the sessions of a day stand.
import { expect, test } from "vitest";

import type { DayItem } from "../../contract/types";
import { dayLine, phaseOf, summary } from "./phases";

const at = (time: string) => `2026-11-24T${time}:00Z`;
const now = (time: string) => Date.parse(at(time));
const item = (from: string, to: string, state: DayItem["state"] = "later", door = from) =>
  ({ state, can_join_at: at(door), session: { id: from, starts_at: at(from), ends_at: at(to) } }) as DayItem;

test("the door opens by the clock, without asking the server", () => {
  const session = item("10:30", "11:15", "later", "10:20");
  expect(phaseOf(session, now("10:19"))).toBe("later");
  expect(phaseOf(session, now("10:20"))).toBe("open");
});

test("a class runs on past its end until somebody ends it", () => {
  expect(phaseOf(item("10:30", "11:15", "live"), now("11:20"))).toBe("live");
});

test("a session that nobody started is over at its end", () => {
  expect(phaseOf(item("10:30", "11:15", "open"), now("11:15"))).toBe("over");
});

test("a cancelled session stays cancelled", () => {
  expect(phaseOf(item("10:30", "11:15", "cancelled"), now("10:40"))).toBe("cancelled");
});

test("a pause between two sessions is a break, a short or an endless one is not", () => {
  const line = dayLine(
    [
      item("9:30".padStart(5, "0"), "10:15"),
      item("10:30", "12:00"),
      item("13:00", "14:00"),
      item("18:30", "20:00"),
    ],
    now("12:10"),
  );
  expect(line.map((entry) => (entry.kind === "break" ? entry.minutes : entry.phase))).toEqual([
    "over",
    "over",
    60,
    "later",
    "later",
  ]);
});

test("only the first session to come is the next one", () => {
  const line = dayLine([item("10:30", "11:15"), item("11:30", "12:00")], now("09:00"));
  expect(line.map((entry) => entry.kind === "session" && entry.isNext)).toEqual([true, false]);
});

test("what is live goes before what only has its door open", () => {
  const line = dayLine(
    [item("10:00", "11:00", "open"), item("10:30", "11:15", "live"), item("12:00", "13:00")],
    now("10:40"),
  );
  expect(summary(line).now?.item.session.id).toBe("10:30");
  expect(summary(line).later).toBe(1);
});
