// Presence as bars under a ruler: where each stay begins and ends, in percent. Pure.
import type { Attendance } from "../../contract/types";

export interface Ruler {
  /** Milliseconds. */
  from: number;
  to: number;
  /** Times that are written over the tracks. */
  marks: number[];
}
interface Planned {
  starts_at: string;
  ends_at: string;
}

const MINUTE = 60_000;

/** The ruler reaches around the planned time and everybody's stays, with a little room on both sides. */
export function rulerOf(session: Planned, rows: Attendance[], now: number): Ruler {
  const starts = Date.parse(session.starts_at);
  const ends = Date.parse(session.ends_at);
  const times = rows.flatMap(({ intervals }) =>
    intervals.flatMap((stay) => [Date.parse(stay.joined_at), endOf(stay, now)]),
  );
  const from = Math.min(starts, ...times);
  const to = Math.max(ends, ...times);
  const margin = Math.max(2 * MINUTE, (to - from) * 0.04);
  const step = [5, 10, 15, 30, 60, 120].find((minutes) => (to - from) / (minutes * MINUTE) <= 5) ?? 240;
  const marks = [];
  // Counted from the planned start, so that it is always named.
  const first = starts - Math.floor((starts - from) / (step * MINUTE)) * step * MINUTE;
  for (let mark = first; mark <= to; mark += step * MINUTE) marks.push(mark);
  return { from: from - margin, to: to + margin, marks };
}

export function share(ruler: Ruler, at: number): number {
  const percent = ((at - ruler.from) / (ruler.to - ruler.from)) * 100;
  return Math.round(Math.min(100, Math.max(0, percent)) * 100) / 100;
}

export interface Bar {
  start: number;
  size: number;
  isOpen: boolean;
}

export function barsOf(ruler: Ruler, row: Attendance, now: number): Bar[] {
  return row.intervals.map((stay) => {
    const start = share(ruler, Date.parse(stay.joined_at));
    // The shortest stay is still a mark that can be seen.
    const size = Math.max(0.6, share(ruler, endOf(stay, now)) - start);
    return { start, size, isOpen: stay.left_at === null };
  });
}

export function endOf(stay: { joined_at: string; left_at: string | null }, now: number): number {
  return stay.left_at ? Date.parse(stay.left_at) : Math.max(now, Date.parse(stay.joined_at));
}

/**
 * How far the server's clock is ahead of this browser's, in milliseconds: the seconds of somebody who is in the room were
 * counted until the server's now. Nobody there, nothing to count on: zero.
 */
export function clockAhead(rows: Attendance[], receivedAt: number): number {
  for (const { present, seconds, intervals } of rows) {
    const open = present && intervals.find(({ left_at }) => left_at === null);
    if (!open) continue;
    const closed = intervals
      .filter(({ left_at }) => left_at !== null)
      .reduce((sum, stay) => sum + endOf(stay, 0) - Date.parse(stay.joined_at), 0);
    return Date.parse(open.joined_at) + seconds * 1000 - closed - receivedAt;
  }
  return 0;
}

/** Seconds until now: who is in the room goes on collecting them between two answers of the server. */
export function secondsUntil(row: Attendance, now: number): number {
  if (!row.present) return row.seconds;
  return row.intervals.reduce((sum, stay) => sum + (endOf(stay, now) - Date.parse(stay.joined_at)) / 1000, 0);
}
