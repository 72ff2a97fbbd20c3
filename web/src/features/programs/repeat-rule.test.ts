// What a person chooses and the rule that says the same are one.
import { expect, test } from "vitest";

import { daysOf, isLastOf, never, nthOf, problemOf, type Repeat, repeatOf, ruleOf } from "./repeat-rule";

/** A Tuesday, the fourth of its month and the last. */
const TUESDAY = "2026-11-24";
const chosen = (more: Partial<Repeat>): Repeat => ({ ...never(TUESDAY), ...more });

test.each<[Partial<Repeat>, string]>([
  [{ every: "week" }, "FREQ=WEEKLY;UNTIL=20270216T235959;BYDAY=TU"],
  [{ every: "week", days: ["MO", "WE"], ends: "count", count: "6" }, "FREQ=WEEKLY;COUNT=6;BYDAY=MO,WE"],
  [
    { every: "weeks", weeks: "3", until: "2026-12-31" },
    "FREQ=WEEKLY;INTERVAL=3;UNTIL=20261231T235959;BYDAY=TU",
  ],
  [{ every: "day", ends: "count", count: "5" }, "FREQ=DAILY;COUNT=5"],
  [{ every: "weekday", ends: "count", count: "5" }, "FREQ=WEEKLY;COUNT=5;BYDAY=MO,TU,WE,TH,FR"],
  [{ every: "date", ends: "count", count: "5" }, "FREQ=MONTHLY;COUNT=5;BYMONTHDAY=24"],
  [{ every: "nth", ends: "count", count: "5" }, "FREQ=MONTHLY;COUNT=5;BYDAY=4TU"],
  [{ every: "last", ends: "count", count: "5" }, "FREQ=MONTHLY;COUNT=5;BYDAY=-1TU"],
  [{ every: "custom", rule: "FREQ=YEARLY;COUNT=3" }, "FREQ=YEARLY;COUNT=3"],
])("%o is a rule, which is read back as the same choice", (choice, rule) => {
  const repeat = chosen(choice);
  expect(ruleOf(repeat, TUESDAY)).toBe(rule);
  const back = repeatOf(rule, TUESDAY);
  expect(back.every).toBe(repeat.every);
  expect(ruleOf(back, TUESDAY)).toBe(rule);
});

test("a session that does not repeat has no rule", () => {
  expect(ruleOf(never(TUESDAY), TUESDAY)).toBeNull();
  expect(problemOf(never(TUESDAY), TUESDAY)).toBeNull();
});

test.each([
  "FREQ=YEARLY;COUNT=3",
  "FREQ=DAILY;INTERVAL=2;COUNT=3",
  "FREQ=MONTHLY;INTERVAL=2;COUNT=3;BYDAY=4TU",
  "FREQ=MONTHLY;COUNT=3;BYDAY=2TU",
  "FREQ=MONTHLY;COUNT=3;BYMONTHDAY=23",
  "FREQ=MONTHLY;COUNT=3;BYSETPOS=-1;BYDAY=MO,TU",
  "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
  "FREQ=WEEKLY;UNTIL=20261218T100000;BYDAY=TU",
  "FREQ=WEEKLY;COUNT=3;UNTIL=20261218;BYDAY=TU",
  "FREQ=WEEKLY;BYDAY=TU",
  "FREQ=WEEKLY;COUNT=4;BYDAY=XX",
  "whenever",
])("%s is more than the choices can say, and stays as it is written", (rule) => {
  const back = repeatOf(rule, TUESDAY);
  expect(back).toMatchObject({ every: "custom", rule });
  expect(ruleOf(back, TUESDAY)).toBe(rule);
});

test("a rule without its weekday or date means those of its first day", () => {
  expect(repeatOf("rrule:freq=weekly;until=20261231", TUESDAY)).toMatchObject({
    every: "week",
    days: ["TU"],
    until: "2026-12-31",
  });
  expect(repeatOf("FREQ=MONTHLY;COUNT=2", TUESDAY).every).toBe("date");
});

test("the weekday goes along with the date until somebody chooses the days", () => {
  const friday = "2026-11-27";
  const read = repeatOf("FREQ=WEEKLY;COUNT=6;BYDAY=MO,TU", TUESDAY);
  expect(daysOf(read, friday)).toEqual(["MO", "FR"]);
  expect(ruleOf(read, friday)).toBe("FREQ=WEEKLY;COUNT=6;BYDAY=MO,FR");
  expect(daysOf({ ...read, anchor: null }, friday)).toEqual(["MO", "TU"]);
});

test.each<[Partial<Repeat>, string]>([
  [{ every: "week", days: [], anchor: null }, "days"],
  [{ every: "weeks", weeks: "0" }, "weeks"],
  [{ every: "weeks", weeks: "two" }, "weeks"],
  [{ every: "day", ends: "count", count: "" }, "count"],
  [{ every: "day", ends: "count", count: "401" }, "count"],
  [{ every: "day", until: "2026-11-23" }, "until"],
  [{ every: "day", until: "" }, "until"],
  [{ every: "custom", rule: " " }, "rule"],
])("%o lacks its %s", (choice, problem) => {
  expect(problemOf(chosen(choice), TUESDAY)).toBe(problem);
  expect(ruleOf(chosen(choice), TUESDAY)).toBeNull();
});

test("a day knows its place in its month", () => {
  expect(["2026-11-01", "2026-11-07", "2026-11-08", "2026-11-30"].map(nthOf)).toEqual([1, 1, 2, 5]);
  expect(["2026-11-23", "2026-11-24", "2026-11-30", "2027-02-21"].map(isLastOf)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
