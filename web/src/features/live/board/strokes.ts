/**
 * How a drawn stroke is stored: as whole numbers in a list of its own that only grows while the pen is down, so that a
 * long stroke is not sent again with every point of it.
 */
import { FAR, MOST_POINTS } from "./properties";

type Point = [number, number];
interface Code {
  write(value: unknown[]): number[];
  /** `undefined` where it is not sound. */
  read(stored: unknown[]): unknown[] | undefined;
}

const TENTHS = 10;
const HUNDREDTHS = 100;
/** Two numbers for each point. */
export const LONGEST_STROKE = 2 * MOST_POINTS;

/** Each point as the difference to the one before, in tenths: small numbers are short. */
const points: Code = {
  write(value) {
    let [lastX, lastY] = [0, 0];
    return (value as Point[]).flatMap(([x, y]) => {
      const [nowX, nowY] = [Math.round(x * TENTHS), Math.round(y * TENTHS)];
      const step = [nowX - lastX, nowY - lastY];
      [lastX, lastY] = [nowX, nowY];
      return step;
    });
  },
  read(stored) {
    if (stored.length % 2 === 1 || stored.length === 0) return undefined;
    let [x, y] = [0, 0];
    const read: Point[] = [];
    for (let at = 0; at < stored.length; at += 2) {
      const [dx, dy] = [stored[at], stored[at + 1]];
      if (!Number.isInteger(dx) || !Number.isInteger(dy)) return undefined;
      x += dx as number;
      y += dy as number;
      if (Math.abs(x) > FAR * TENTHS || Math.abs(y) > FAR * TENTHS) return undefined;
      read.push([x / TENTHS, y / TENTHS]);
    }
    return read;
  },
};

const pressures: Code = {
  write: (value) => (value as number[]).map((one) => Math.round(one * HUNDREDTHS)),
  read(stored) {
    if (stored.length > MOST_POINTS) return undefined;
    const sound = stored.every(
      (one) => Number.isInteger(one) && (one as number) >= 0 && (one as number) <= HUNDREDTHS,
    );
    return sound ? stored.map((one) => (one as number) / HUNDREDTHS) : undefined;
  },
};

const CODES: Record<string, Code> = { points, pressures };

/** How this property of this kind of thing is stored; null: as it is. */
export function codeOf(type: unknown, key: string): Code | null {
  return type === "freedraw" ? (CODES[key] ?? null) : null;
}
