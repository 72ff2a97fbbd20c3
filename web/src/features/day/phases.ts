// Where each session of a day stands now. The server's answer may be some minutes old; the clock goes on without it.
import type { DayItem } from "../../contract/types";

export type Phase = "later" | "open" | "live" | "over" | "cancelled";

export function phaseOf(item: Pick<DayItem, "state" | "can_join_at" | "session">, now: number): Phase {
  if (item.state === "cancelled" || item.state === "live" || item.state === "over") return item.state;
  // A session that nobody started does not stay open for ever.
  if (now >= Date.parse(item.session.ends_at)) return "over";
  return now >= Date.parse(item.can_join_at) ? "open" : "later";
}

export const isNow = (phase: Phase): boolean => phase === "open" || phase === "live";

/** Whether it should have begun by now. */
export const isLate = (item: Pick<DayItem, "session">, now: number): boolean =>
  now >= Date.parse(item.session.starts_at);

export interface SessionEntry {
  kind: "session";
  item: DayItem;
  phase: Phase;
  /** The first one that is still to come. */
  isNext: boolean;
}
export interface BreakEntry {
  kind: "break";
  at: string;
  minutes: number;
  isPast: boolean;
}
export type Entry = SessionEntry | BreakEntry;

/** A gap this long is a break that the day line names; a longer one than the second is free time, which it does not. */
const BREAK = { least: 30, most: 150 };

/** The day as a line: sessions in their order, and the breaks between them. */
export function dayLine(items: DayItem[], now: number): Entry[] {
  const entries: Entry[] = [];
  let end: string | null = null;
  let foundNext = false;
  for (const item of items) {
    const phase = phaseOf(item, now);
    const gap = end ? (Date.parse(item.session.starts_at) - Date.parse(end)) / 60_000 : 0;
    if (end && gap >= BREAK.least && gap <= BREAK.most)
      entries.push({
        kind: "break",
        at: end,
        minutes: gap,
        isPast: now >= Date.parse(item.session.starts_at),
      });
    const isNext: boolean = !foundNext && phase === "later";
    foundNext ||= isNext;
    entries.push({ kind: "session", item, phase, isNext });
    if (phase !== "cancelled" && (!end || item.session.ends_at > end)) end = item.session.ends_at;
  }
  return entries;
}

export interface Summary {
  /** What is on now, or about to be. */
  now: SessionEntry | null;
  next: SessionEntry | null;
  /** How many come after what is on now. */
  later: number;
}

export function summary(entries: Entry[]): Summary {
  const sessions = entries.filter((entry) => entry.kind === "session");
  const live = sessions.find(({ phase }) => phase === "live");
  const later = sessions.filter(({ phase }) => phase === "later");
  return {
    now: live ?? sessions.find(({ phase }) => phase === "open") ?? null,
    next: later[0] ?? null,
    later: later.length,
  };
}
