// The day as an arc of the sun: where each session lies on it. Drawn from start to end; a right-to-left page mirrors it.

export interface ArcSession {
  from: number;
  to: number;
  kind: "done" | "now" | "later";
}
export interface Arc {
  /** SVG paths of the whole way and of each session. */
  way: string;
  sessions: { path: string; kind: ArcSession["kind"] }[];
  labels: { minutes: number; x: number; y: number; tick: string; isEnd: boolean }[];
  sun: { x: number; y: number } | null;
}

export const WIDTH = 620;
export const HEIGHT = 215;
const CENTRE = { x: WIDTH / 2, y: 246 };
const RADIUS = { x: 292, y: 206 };
/** The way begins a little above the horizon. */
const FIRST = Math.PI * 0.93;
const LAST = Math.PI * 0.07;

/** Times are minutes since midnight; `now` is null on another day. */
export function arcOf(sessions: ArcSession[], now: number | null, mirrored = false): Arc | null {
  if (sessions.length === 0) return null;
  const from = Math.floor((Math.min(...sessions.map((s) => s.from)) - 1) / 30) * 30;
  const to = Math.ceil((Math.max(...sessions.map((s) => s.to)) + 1) / 30) * 30;
  const place = (minutes: number, lift = 0) => {
    const share = Math.min(1, Math.max(0, (minutes - from) / (to - from)));
    const angle = FIRST + (LAST - FIRST) * share;
    const x = CENTRE.x + (RADIUS.x + lift) * Math.cos(angle);
    return { x: round(mirrored ? WIDTH - x : x), y: round(CENTRE.y - (RADIUS.y + lift) * Math.sin(angle)) };
  };
  const path = (start: number, end: number) => {
    const a = place(start);
    const b = place(end);
    return `M${a.x} ${a.y}A${RADIUS.x} ${RADIUS.y} 0 0 ${mirrored ? 0 : 1} ${b.x} ${b.y}`;
  };
  const labels = [from, ...[720, 900, 1080].filter((m) => m - from > 60 && to - m > 60), to].map(
    (minutes) => {
      const inner = place(minutes, -14);
      const outer = place(minutes, -24);
      const isEnd = minutes === from || minutes === to;
      const below = place(minutes, -44);
      return {
        minutes,
        x: below.x,
        y: isEnd ? inner.y + 30 : below.y,
        tick: `M${inner.x} ${inner.y}L${outer.x} ${outer.y}`,
        isEnd,
      };
    },
  );
  return {
    way: path(from, to),
    sessions: sessions.map(({ from: start, to: end, kind }) => ({
      path: path(start + 2, Math.max(start + 4, end - 2)),
      kind,
    })),
    labels,
    sun: now === null ? null : place(now),
  };
}

const round = (n: number) => Math.round(n * 10) / 10;
