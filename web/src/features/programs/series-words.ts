// Small things that the sheets about series share.
import { Refused } from "../../lib/api";
import { formatLocale } from "../../lib/i18n";

const noon = (day: string) => new Date(`${day}T12:00:00Z`);
const DATE = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;

/** A day that may be in another year: "Tuesday 24 November 2026". */
export function farDay(day: string): string {
  const written = new Intl.DateTimeFormat(formatLocale(), { ...DATE, weekday: "long" }).format(noon(day));
  return written.replace(/^(\p{L}+),/u, "$1");
}

/** "24 December 2026 – 3 January 2027", or a single day. */
export function farSpan(first: string, last: string): string {
  return new Intl.DateTimeFormat(formatLocale(), DATE).formatRange(noon(first), noon(last));
}

/** The fields that a refusal names, `except[3]` as `except`. */
export function fieldsOf(error: unknown): string[] {
  return error instanceof Refused ? error.problem.errors.map(({ field }) => field.replace(/\[.*$/, "")) : [];
}

/** Goes to the first field that is marked as wrong. */
export function focusWrong(): void {
  document.querySelector<HTMLElement>("dialog[open] [aria-invalid=true]")?.focus();
}
