// What was changed in the sheet of one session, as a change of its series.
import { expect, test } from "vitest";

import type { Series, Session } from "../../contract/types";
import { repeatOf } from "./repeat-rule";
import { countedFrom, type Edited, isOfRule, ruleDay, seriesPatch } from "./series-change";

const RULE = "FREQ=WEEKLY;COUNT=6;BYDAY=MO,WE";
/** The third of its series: Monday. */
const session = {
  starts_local: "2026-11-30T10:00:00",
  original_start: "2026-11-30T10:00:00",
} as Session;
const series = { rule: RULE, starts_local: "2026-11-23T10:00:00" } as Series;
const base = {
  title: "Circle",
  summary: "",
  starts_local: "2026-11-30T10:00:00",
  ends_local: "2026-11-30T11:00:00",
  lead_id: "maya",
  plan: [],
};

function edited(more: Partial<Edited["body"]>, repeat = {}): Edited {
  const baseRepeat = repeatOf(RULE, "2026-11-30");
  return { base, body: { ...base, ...more }, baseRepeat, repeat: { ...baseRepeat, ...repeat } };
}
const patch = (scope: "after" | "all", more: Partial<Edited["body"]>, repeat = {}) =>
  seriesPatch(scope, session, series, edited(more, repeat), 2);

test("only what was changed is said", () => {
  expect(patch("all", {})).toEqual({});
  expect(patch("after", {})).toEqual({});
  expect(patch("all", { title: "Round" })).toEqual({ title: "Round" });
  expect(patch("after", { lead_id: null })).toEqual({ lead_id: null, from: "2026-11-30T10:00:00" });
});

test("another time begins with this session, or with the first of the series", () => {
  const later = { starts_local: "2026-11-30T11:00:00", ends_local: "2026-11-30T12:00:00" };
  expect(patch("after", later)).toEqual({ ...later, from: "2026-11-30T10:00:00" });
  expect(patch("all", later)).toEqual({
    starts_local: "2026-11-23T11:00:00",
    ends_local: "2026-11-23T12:00:00",
  });
});

test("a session until midnight ends on the day after the first", () => {
  const late = { starts_local: "2026-11-30T22:00:00", ends_local: "2026-12-01T00:00:00" };
  expect(patch("all", late)).toEqual({
    starts_local: "2026-11-23T22:00:00",
    ends_local: "2026-11-24T00:00:00",
  });
});

test("a moved date takes its weekday in the rule along, and loses no other day of that week", () => {
  const thursday = { starts_local: "2026-12-03T10:00:00", ends_local: "2026-12-03T11:00:00" };
  expect(ruleDay(session, edited(thursday))).toBe("2026-12-03");
  expect(patch("after", thursday)).toEqual({
    from: "2026-11-30T10:00:00",
    rule: "FREQ=WEEKLY;COUNT=4;BYDAY=WE,TH",
    starts_local: "2026-11-30T10:00:00",
    ends_local: "2026-11-30T11:00:00",
  });
  expect(isOfRule(session, edited(thursday))).toBe(false);
});

test("a number of sessions counts from the first of the series", () => {
  expect(patch("after", {}, { count: "8" })).toMatchObject({ rule: "FREQ=WEEKLY;COUNT=6;BYDAY=MO,WE" });
  expect(patch("all", {}, { count: "8" })).toEqual({ rule: "FREQ=WEEKLY;COUNT=8;BYDAY=MO,WE" });
  expect(countedFrom("FREQ=DAILY;COUNT=2", 5)).toBe("FREQ=DAILY;COUNT=1");
  expect(countedFrom("FREQ=DAILY;UNTIL=20261231", 5)).toBe("FREQ=DAILY;UNTIL=20261231");
});

test("a changed rule and days left out are of several sessions", () => {
  expect(isOfRule(session, edited({ title: "Round" }))).toBe(false);
  expect(isOfRule(session, edited({}, { anchor: null }))).toBe(false);
  expect(isOfRule(session, edited({}, { every: "day" }))).toBe(true);
  expect(isOfRule(session, edited({}, { except: ["2026-12-07"] }))).toBe(true);
});
