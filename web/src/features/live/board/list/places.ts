/** Where a thing is, as one would say it: in which part of the board, and beside what. Pure. */
import { around, type Box, gap, holds, middle } from "./boxes";
import { joins, type Thing } from "./things";

export type Part =
  | "top-left" | "top" | "top-right" | "left" | "middle" | "right" | "bottom-left" | "bottom" | "bottom-right"; // prettier-ignore
export type Side = "right" | "left" | "above" | "below" | "inside";
export interface Place {
  part: Part | null;
  beside: { side: Side; id: string } | null;
}

const PARTS: Part[][] = [
  ["top-left", "top", "top-right"],
  ["left", "middle", "right"],
  ["bottom-left", "bottom", "bottom-right"],
];
const NEAR = 400;
/** Neighbours in space are near in reading order; so a board of thousands is not compared with itself. */
const LOOK = 40;

export function placesOf(things: Thing[]): Map<string, Place> {
  const whole = around(things.map(({ box }) => box));
  const big = things
    .filter((thing) => thing.kind === "background" || thing.kind === "picture")
    .slice(0, LOOK);
  const places = new Map<string, Place>();
  things.forEach((thing, at) => {
    const near = things.slice(Math.max(0, at - LOOK), at + LOOK + 1);
    const others = [...new Set([...near, ...big])].filter((one) => one !== thing && !joins(one));
    places.set(thing.id, {
      part: whole && things.length > 1 ? partOf(whole, thing.box) : null,
      beside: joins(thing) ? null : besideOf(thing, others),
    });
  });
  return places;
}

function partOf(whole: Box, box: Box): Part {
  const [x, y] = middle(box);
  const third = (at: number, from: number, size: number) =>
    size < 1 ? 1 : Math.min(2, Math.max(0, Math.floor(((at - from) / size) * 3)));
  return PARTS[third(y, whole.y, whole.height)]?.[third(x, whole.x, whole.width)] ?? "middle";
}

function besideOf(thing: Thing, others: Thing[]): Place["beside"] {
  const holders = others.filter(({ box }) => holds(box, thing.box) && !same(box, thing.box));
  const size = ({ box }: Thing) => box.width * box.height;
  const [holder] = holders.sort((a, b) => size(a) - size(b));
  if (holder) return { side: "inside", id: holder.id };
  let best: { one: Thing; far: number } | null = null;
  for (const one of others) {
    // One that lies on this is "inside" of it; it is said there.
    if (holds(thing.box, one.box)) continue;
    const far = gap(one.box, thing.box) + 0.1 * Math.hypot(...away(thing.box, one.box));
    if (far <= NEAR && (!best || far < best.far)) best = { one, far };
  }
  return best && { side: sideOf(thing.box, best.one.box), id: best.one.id };
}

function same(a: Box, b: Box): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

function away(from: Box, to: Box): [number, number] {
  const [[x, y], [ox, oy]] = [middle(from), middle(to)];
  return [x - ox, y - oy];
}

/** On which side of the other one this is; long things do not count for more than flat ones. */
function sideOf(box: Box, other: Box): Side {
  const [x, y] = away(box, other);
  const across = x / Math.max(1, box.width + other.width);
  const down = y / Math.max(1, box.height + other.height);
  if (Math.abs(across) >= Math.abs(down)) return across >= 0 ? "right" : "left";
  return down >= 0 ? "below" : "above";
}
