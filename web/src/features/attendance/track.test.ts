// Presence as bars under a ruler.
import { expect, test } from "vitest";

import type { Attendance } from "../../contract/types";
import { barsOf, clockAhead, rulerOf, secondsUntil, share } from "./track";

const at = (time: string) => `2026-11-24T${time}:00Z`;
const ms = (time: string) => Date.parse(at(time));
const session = { starts_at: at("10:30"), ends_at: at("11:15") };
const row = (...stays: [string, string | null][]): Attendance => ({
  user: { id: "a", name: "Ada" },
  role: "participant",
  seconds: 0,
  first_joined_at: null,
  last_left_at: null,
  present: stays.some(([, left]) => left === null),
  intervals: stays.map(([joined, left]) => ({
    joined_at: at(joined),
    left_at: left && at(left),
    source: "live",
  })),
});

test("the ruler reaches around the plan and around who came early and stayed late", () => {
  const ruler = rulerOf(session, [row(["10:22", "11:20"])], ms("12:00"));
  expect(ruler.from).toBeLessThan(ms("10:22"));
  expect(ruler.to).toBeGreaterThan(ms("11:20"));
});

test("the planned start is always among the times that are written", () => {
  expect(rulerOf(session, [row(["10:10", "11:20"])], ms("12:00")).marks).toContain(ms("10:30"));
});

test("a stay is as long as its share of the ruler", () => {
  const ruler = { from: ms("10:00"), to: ms("11:00"), marks: [] };
  expect(barsOf(ruler, row(["10:15", "10:45"]), ms("12:00"))).toEqual([
    { start: 25, size: 50, isOpen: false },
  ]);
});

test("who is still there has a bar until now", () => {
  const ruler = { from: ms("10:00"), to: ms("11:00"), marks: [] };
  expect(barsOf(ruler, row(["10:30", null]), ms("10:45"))).toEqual([{ start: 50, size: 25, isOpen: true }]);
});

test("a very short stay can still be seen, and nothing leaves the ruler", () => {
  const ruler = { from: ms("10:00"), to: ms("11:00"), marks: [] };
  expect(barsOf(ruler, row(["10:30", "10:30"]), ms("12:00"))[0]!.size).toBeGreaterThan(0);
  expect(share(ruler, ms("12:00"))).toBe(100);
});

test("minutes go on while somebody is in the room", () => {
  const here = row(["10:30", "10:40"], ["10:50", null]);
  expect(secondsUntil(here, ms("11:00"))).toBe(20 * 60);
  expect(secondsUntil({ ...row(["10:30", "10:40"]), seconds: 600.4 }, ms("11:00"))).toBe(600.4);
});

test("a browser whose clock is wrong counts by the server's", () => {
  const here = { ...row(["10:30", "10:40"], ["10:50", null]), seconds: 15 * 60 };
  // The server said so at 10:55 on its own clock, when it was 10:52 here.
  expect(clockAhead([row(["10:30", "10:40"]), here], ms("10:52"))).toBe(3 * 60_000);
  expect(clockAhead([row(["10:30", "10:40"])], ms("10:52"))).toBe(0);
});
