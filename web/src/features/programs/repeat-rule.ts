// How often a session repeats, as a person chooses it, and the recurrence rule (RFC 5545) that says the same. Pure.
import { addDays, daysBetween, mondayOf } from "../../lib/times";

export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export type Every =
  | "never"
  | "week"
  | "weeks"
  | "day"
  | "weekday"
  /** The same date of every month. */
  | "date"
  /** The second Tuesday of every month. */
  | "nth"
  /** The last Tuesday of every month. */
  | "last"
  /** A rule that the choices above cannot say. */
  | "custom";

export interface Repeat {
  every: Every;
  days: Weekday[];
  /** The day to which `days` fit: its weekday goes along when the date moves. Null once somebody chose the days. */
  anchor: string | null;
  /** As it is typed. */
  weeks: string;
  ends: "day" | "count";
  /** Null until somebody chose it: then it is twelve weeks on. */
  until: string | null;
  /** As it is typed. */
  count: string;
  /** Only for `custom`. */
  rule: string;
  /** Days that are left out. */
  except: string[];
}

export type RepeatProblem = "days" | "weeks" | "until" | "count" | "rule";

const USUAL_WEEKS = 12;
const WORKING_DAYS = "MO,TU,WE,TH,FR";
const MOST = 400;

export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[daysBetween(mondayOf(day), day)] ?? "MO";
}

/** Which of its weekday in its month a day is, from 1. */
export function nthOf(day: string): number {
  return Math.ceil(Number(day.slice(8)) / 7);
}

/** Whether no such weekday comes after it in its month. */
export function isLastOf(day: string): boolean {
  return addDays(day, 7).slice(0, 7) !== day.slice(0, 7);
}

export function untilOf(repeat: Repeat, day: string): string {
  return repeat.until ?? addDays(day, USUAL_WEEKS * 7);
}

/** The weekdays that are chosen; where nobody chose them, that of the date goes along with it. */
export function daysOf({ days, anchor }: Repeat, day: string): Weekday[] {
  if (!anchor || anchor === day) return days;
  const moved = new Set(days.filter((one) => one !== weekdayOf(anchor)));
  if (days.includes(weekdayOf(anchor))) moved.add(weekdayOf(day));
  return WEEKDAYS.filter((one) => moved.has(one));
}

/** What a new session begins with. */
export function never(day: string): Repeat {
  return {
    every: "never",
    days: [weekdayOf(day)],
    anchor: day,
    weeks: "2",
    ends: "day",
    until: null,
    count: "12",
    rule: "",
    except: [],
  };
}

const wholeNumber = (typed: string, most: number) =>
  /^\s*\d{1,4}\s*$/.test(typed) && Number(typed) >= 1 && Number(typed) <= most;

/** What keeps a choice from being a rule. */
export function problemOf(repeat: Repeat, day: string): RepeatProblem | null {
  const { every } = repeat;
  if (every === "never") return null;
  if (every === "custom") return repeat.rule.trim() ? null : "rule";
  if ((every === "week" || every === "weeks") && repeat.days.length === 0) return "days";
  if (every === "weeks" && !wholeNumber(repeat.weeks, 52)) return "weeks";
  if (repeat.ends === "count") return wholeNumber(repeat.count, MOST) ? null : "count";
  const until = untilOf(repeat, day);
  return /^\d{4}-\d\d-\d\d$/.test(until) && until >= day ? null : "until";
}

/** The rule for a series that begins on `day`, in the order in which the server writes it; null for none. */
export function ruleOf(repeat: Repeat, day: string): string | null {
  if (problemOf(repeat, day) !== null) return null;
  const ends =
    repeat.ends === "count"
      ? `COUNT=${Number(repeat.count)}`
      : `UNTIL=${untilOf(repeat, day).replaceAll("-", "")}T235959`;
  switch (repeat.every) {
    case "never":
      return null;
    case "custom":
      return repeat.rule.trim();
    case "week":
      return `FREQ=WEEKLY;${ends};BYDAY=${daysOf(repeat, day).join(",")}`;
    case "weeks": {
      const weeks = Number(repeat.weeks);
      const interval = weeks > 1 ? `INTERVAL=${weeks};` : "";
      return `FREQ=WEEKLY;${interval}${ends};BYDAY=${daysOf(repeat, day).join(",")}`;
    }
    case "day":
      return `FREQ=DAILY;${ends}`;
    case "weekday":
      return `FREQ=WEEKLY;${ends};BYDAY=${WORKING_DAYS}`;
    case "date":
      return `FREQ=MONTHLY;${ends};BYMONTHDAY=${Number(day.slice(8))}`;
    case "nth":
      return `FREQ=MONTHLY;${ends};BYDAY=${nthOf(day)}${weekdayOf(day)}`;
    case "last":
      return `FREQ=MONTHLY;${ends};BYDAY=-1${weekdayOf(day)}`;
  }
}

/** A rule as the choices that say it, for the session of `day`. */
export function repeatOf(rule: string, day: string, except: string[] = []): Repeat {
  const base = { ...never(day), except };
  const custom: Repeat = { ...base, every: "custom", rule };
  const parts = partsOf(rule);
  if (!parts) return custom;
  const { FREQ, INTERVAL = "1", COUNT, UNTIL, BYDAY, BYMONTHDAY, WKST = "MO", ...rest } = parts;
  if (Object.keys(rest).length > 0 || (COUNT === undefined) === (UNTIL === undefined)) return custom;
  const until = UNTIL === undefined ? null : /^(\d{4})(\d\d)(\d\d)(T235959)?$/.exec(UNTIL);
  if (UNTIL !== undefined && !until) return custom;
  const ends: Partial<Repeat> = until
    ? { ends: "day", until: until.slice(1, 4).join("-") }
    : { ends: "count", count: COUNT ?? "" };
  const said = (more: Partial<Repeat>): Repeat => ({ ...base, ...ends, ...more });
  const weekday = weekdayOf(day);

  if (FREQ === "DAILY" && INTERVAL === "1" && BYDAY === undefined && BYMONTHDAY === undefined)
    return said({ every: "day" });
  if (FREQ === "WEEKLY" && BYMONTHDAY === undefined) {
    const days = WEEKDAYS.filter((one) => (BYDAY ?? weekday).split(",").includes(one));
    if (days.length !== (BYDAY ?? weekday).split(",").length) return custom;
    if (INTERVAL === "1")
      return days.join(",") === WORKING_DAYS ? said({ every: "weekday" }) : said({ every: "week", days });
    // Where a week begins says which weeks are passed over.
    if (WKST === "MO") return said({ every: "weeks", weeks: INTERVAL, days });
  }
  if (FREQ === "MONTHLY" && INTERVAL === "1") {
    if (BYDAY === undefined && (BYMONTHDAY ?? day.slice(8)).padStart(2, "0") === day.slice(8))
      return said({ every: "date" });
    if (BYMONTHDAY === undefined && BYDAY === `${nthOf(day)}${weekday}`) return said({ every: "nth" });
    if (BYMONTHDAY === undefined && BYDAY === `-1${weekday}` && isLastOf(day)) return said({ every: "last" });
  }
  return custom;
}

/** The words of a rule by their names, or null where it is none. */
function partsOf(rule: string): Record<string, string> | null {
  const parts: Record<string, string> = {};
  for (const word of rule.replace(/^RRULE:/i, "").split(";")) {
    if (!word) continue;
    const [name, value] = word.toUpperCase().split("=");
    if (!name || !value || name in parts) return null;
    parts[name] = value;
  }
  return parts;
}
