// Where each session stands in a week: its day, its place on the clock, and beside what it stands. Pure.
import { addDays } from "../../lib/times";

export interface Timed {
  id: string;
  /** Like `2026-11-24`. */
  day: string;
  /** Minutes since midnight. */
  from: number;
  to: number;
}
export interface Block {
  id: string;
  /** Drawn minutes since midnight; a short session grows so that it can be read and pressed. */
  from: number;
  to: number;
  /** Sessions at the same time stand side by side: this one's place, and how many there are. */
  lane: number;
  lanes: number;
}
export interface Week {
  days: { day: string; blocks: Block[] }[];
  /** The hours that are drawn. */
  first: number;
  last: number;
}

/** A block of fewer minutes would be lower than a finger. */
export const LEAST = 29;

export function weekOfSessions(monday: string, sessions: Timed[]): Week {
  const hasWeekend = sessions.some(({ day }) => day === addDays(monday, 5) || day === addDays(monday, 6));
  const days = Array.from({ length: hasWeekend ? 7 : 5 }, (_, index) => addDays(monday, index));
  const laid = days.map((day) => ({
    day,
    blocks: layDay(sessions.filter((session) => session.day === day)),
  }));
  const blocks = laid.flatMap((day) => day.blocks);
  const first = Math.min(10, ...blocks.map(({ from }) => Math.floor((from - 20) / 60)));
  const last = Math.max(15, ...blocks.map(({ to }) => Math.ceil((to + 10) / 60)));
  return { days: laid, first: Math.max(0, first), last: Math.min(26, last) };
}

function layDay(sessions: Timed[]): Block[] {
  const sorted = [...sessions].sort((a, b) => a.from - b.from || b.to - a.to);
  const blocks: (Block & { trueTo: number })[] = [];
  for (const { id, from, to } of sorted) {
    const clashing = blocks.filter((block) => block.trueTo > from);
    // Who only grew into this one's time pushes it down instead of standing beside it.
    const pushed = blocks.filter((block) => block.trueTo <= from).map((block) => block.to);
    const start = Math.max(from, ...(clashing.length === 0 ? pushed : []));
    blocks.push({ id, from: start, to: Math.max(to, start + LEAST), trueTo: to, lane: 0, lanes: 1 });
  }
  for (const cluster of clusters(blocks)) assignLanes(cluster);
  return blocks.map(({ id, from, to, lane, lanes }) => ({ id, from, to, lane, lanes }));
}

/** Groups of blocks that touch each other in time. */
function clusters<T extends Block>(blocks: T[]): T[][] {
  const groups: T[][] = [];
  let end = -1;
  for (const block of blocks) {
    if (block.from >= end) groups.push([]);
    groups.at(-1)?.push(block);
    end = Math.max(end, block.to);
  }
  return groups;
}

function assignLanes(cluster: Block[]): void {
  const ends: number[] = [];
  for (const block of cluster) {
    const free = ends.findIndex((end) => end <= block.from);
    block.lane = free === -1 ? ends.length : free;
    ends[block.lane] = block.to;
  }
  for (const block of cluster) block.lanes = ends.length;
}
