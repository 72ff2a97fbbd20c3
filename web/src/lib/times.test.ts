// Times as people say them.
import { expect, test } from "vitest";

import {
  addDays,
  dateOf,
  dayOf,
  daysBetween,
  localTime,
  minutesOfDay,
  minutesUntil,
  mondayOf,
  parseTime,
  partOfDay,
  timeOf,
  weekOf,
} from "./times";

test("a time is written without a zero before its hour, in the zone asked for", () => {
  expect(timeOf("2026-11-24T09:30:00Z", "Europe/London")).toBe("9:30");
  expect(timeOf("2026-07-24T09:30:00Z", "Europe/London")).toBe("10:30");
  expect(timeOf("2026-11-24T00:05:00Z", "UTC")).toBe("0:05");
});

test("a day begins and ends on the clocks of its zone", () => {
  expect(dayOf("2026-11-24T23:30:00Z", "Europe/London")).toBe("2026-11-24");
  expect(dayOf("2026-11-24T23:30:00Z", "Asia/Tokyo")).toBe("2026-11-25");
  expect(minutesOfDay("2026-11-24T23:30:00Z", "Asia/Tokyo")).toBe(510);
  expect(minutesOfDay("2026-11-24T00:00:00Z", "UTC")).toBe(0);
});

test("days are counted over the ends of months and years, and over clock changes", () => {
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addDays("2026-03-28", 2)).toBe("2026-03-30");
  expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
  expect(mondayOf("2026-11-29")).toBe("2026-11-23");
  expect(weekOf("2026-11-24")).toBe(48);
  expect(weekOf("2027-01-01")).toBe(53);
});

test("a long date has no comma", () => {
  expect(dateOf("2026-11-24", "long")).toMatch(/^Tuesday (24 November|November 24)$/);
});

test("minutes until a start are counted up", () => {
  const now = Date.parse("2026-11-24T10:24:30Z");
  expect(minutesUntil("2026-11-24T10:30:00Z", now)).toBe(6);
  expect(minutesUntil("2026-11-24T10:24:31Z", now)).toBe(1);
  expect(minutesUntil("2026-11-24T10:24:30Z", now)).toBe(0);
});

test("a typed time is understood in the ways people type it", () => {
  for (const typed of ["10:30", "1030", "10.30", " 10 30 "]) expect(parseTime(typed)).toBe("10:30");
  expect(parseTime("9")).toBe("09:00");
  expect(parseTime("2 pm")).toBe("14:00");
  expect(parseTime("12:15 am")).toBe("00:15");
});

test("what is no time is refused", () => {
  for (const typed of ["", "25:00", "10:75", "half past", "13 pm", "1" + "0300"])
    expect(parseTime(typed)).toBeNull();
});

test("the parts of the day begin when people say so", () => {
  expect(partOfDay(8 * 60)).toBe("morning");
  expect(partOfDay(12 * 60)).toBe("afternoon");
  expect(partOfDay(18 * 60)).toBe("evening");
});

test("a local time of the wire is written as it stands", () => {
  expect(localTime("2026-11-24T10:30:00")).toBe("10:30");
});
