// Times and dates as people say them: near and exact, in the zone that is asked for. Days are keys like `2026-11-24`.
import { formatLocale } from "./i18n";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format is slow, using one is quick. */
function format(options: Intl.DateTimeFormatOptions, tag = formatLocale()): Intl.DateTimeFormat {
  const key = tag + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(tag, options)));
  return found;
}

type When = string | number | Date;
const MINUTE = 60_000;

/** "9:30", or "9:30 am" where people write so. */
export function timeOf(at: When, timeZone: string): string {
  const written = format({ timeZone, hour: "numeric", minute: "2-digit" });
  const parts = written.formatToParts(new Date(at));
  // A plain hour is quicker to read than one with a zero before it.
  return parts.map(({ type, value }) => (type === "hour" ? value.replace(/^[0٠](?=.)/, "") : value)).join("");
}

/** The two times of a session; "10:00" to "10:45 AM" rather than twice the same half of the day. */
export function timesOf(start: When, end: When, timeZone: string): { from: string; to: string } {
  const half = (at: When) =>
    format({ timeZone, hour: "numeric", hour12: true }, "en-US")
      .formatToParts(new Date(at))
      .find(({ type }) => type === "dayPeriod")?.value;
  const from = timeOf(start, timeZone);
  const isSame = half(start) === half(end) && isTwelveHours();
  return { from: isSame ? from.replace(/[\s\u202f]*\p{L}.*$/u, "") : from, to: timeOf(end, timeZone) };
}

const isTwelveHours = () => format({ hour: "numeric" }).resolvedOptions().hour12 === true;

/** A full hour at the side of a timetable: "10:00", or "10 AM". */
export function hourOf(hour: number): string {
  const at = Date.UTC(2026, 0, 1, hour);
  return isTwelveHours() ? format({ timeZone: "UTC", hour: "numeric" }).format(at) : timeOf(at, "UTC");
}

/** Whether the clocks of two zones show the same now. */
export function showSameTime(a: string, b: string, now: number): boolean {
  return timeOf(now, a) === timeOf(now, b) && dayOf(now, a) === dayOf(now, b);
}

/** The calendar day of an instant in a zone. */
export function dayOf(at: When, timeZone: string): string {
  return format({ timeZone, year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA").format(
    new Date(at),
  );
}

/** Minutes since midnight on the clocks of a zone. */
export function minutesOfDay(at: When, timeZone: string): number {
  const written = format({ timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, "en-GB").format(
    new Date(at),
  );
  const [hours = "0", minutes = "0"] = written.split(":");
  return Number(hours) * 60 + Number(minutes);
}

/** A day as an instant that has the same date everywhere between -11 and +12 hours. */
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

export function addDays(day: string, count: number): string {
  const date = noon(day);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** How many days `to` is after `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((noon(to).getTime() - noon(from).getTime()) / 86_400_000);
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  const weekday = (noon(day).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** ISO week number. */
export function weekOf(day: string): number {
  const thursday = addDays(mondayOf(day), 3);
  return Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1;
}

type Style = "long" | "short" | "weekday" | "weekdayShort" | "dayMonth" | "day" | "month" | "full";
const STYLES: Record<Style, Intl.DateTimeFormatOptions> = {
  long: { weekday: "long", day: "numeric", month: "long" },
  short: { weekday: "short", day: "numeric", month: "short" },
  weekday: { weekday: "long" },
  weekdayShort: { weekday: "short" },
  dayMonth: { day: "numeric", month: "long" },
  day: { day: "numeric" },
  month: { month: "short" },
  full: { day: "numeric", month: "long", year: "numeric" },
};

/** A day in words: `long` is "Tuesday 24 November". */
export function dateOf(day: string, style: Style): string {
  const written = format({ ...STYLES[style], timeZone: "UTC" }).format(noon(day));
  // British English puts a comma after the weekday only sometimes; we never do.
  return style === "long" || style === "short" ? written.replace(/^(\p{L}+),/u, "$1") : written;
}

/** "23 to 27 November", as the locale writes spans. */
export function spanOf(from: string, to: string): string {
  return format({ ...STYLES.dayMonth, timeZone: "UTC" }).formatRange(noon(from), noon(to));
}

/** Whole minutes from `now` until `at`, counted up: "in 1 minute" until it is there. */
export function minutesUntil(at: When, now: number): number {
  return Math.ceil((new Date(at).getTime() - now) / MINUTE);
}

export function minutesBetween(from: When, to: When): number {
  return Math.round((new Date(to).getTime() - new Date(from).getTime()) / MINUTE);
}

/** A zone in words, like "London time". */
export function zoneName(timeZone: string): string {
  const city = timeZone.split("/").at(-1) ?? timeZone;
  return city.replaceAll("_", " ");
}

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export type PartOfDay = "morning" | "afternoon" | "evening";

export function partOfDay(minutes: number): PartOfDay {
  return minutes < 12 * 60 ? "morning" : minutes < 17 * 60 + 30 ? "afternoon" : "evening";
}

/** A typed time as `HH:MM`; "10:30", "1030", "10.30", "9" and "2 pm" all work. */
export function parseTime(typed: string): string | null {
  const match = /^\s*(\d{1,2})(?:[:.\s]?(\d{2}))?\s*([ap])?\.?m?\.?\s*$/i.exec(typed);
  if (!match) return null;
  const half = match[3]?.toLowerCase();
  let hours = Number(match[1]);
  const minutes = Number(match[2] ?? 0);
  if (half && (hours < 1 || hours > 12)) return null;
  if (half) hours = (hours % 12) + (half === "p" ? 12 : 0);
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

/** A local time of the wire (`2026-11-24T10:30:00`) as an instant, so that it can be written without a zone. */
export function localTime(local: string): string {
  return timeOf(`${local.slice(0, 16)}:00Z`, "UTC");
}
