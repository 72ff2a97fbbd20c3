/**
 * What a person would call one thing on a board: a note with its text, an arrow with what it joins, a drawing of several
 * strokes. Pure.
 */
import type { BoardElement } from "../objects";
import { around, type Box, boxOf, gap, type Point } from "./boxes";
import { type Colour, colourOf } from "./colours";

export type ThingKind =
  | "note" | "title" | "text" | "rectangle" | "circle" | "diamond" | "line" | "arrow" | "drawing" | "picture" | "background"; // prettier-ignore

export interface Thing {
  /** Of its first element. */
  id: string;
  kind: ThingKind;
  /** What it is made of; the one that bears the rest is first. */
  parts: BoardElement[];
  /** Its own words: what is written on it, or the description of a picture. */
  text: string;
  colour: Colour | null;
  box: Box;
  link: string | null;
  /** Yjs client id of who made it. */
  author: number | null;
  /** The things that an arrow or a line joins. */
  from: string | null;
  to: string | null;
}

const SHAPES: Record<string, ThingKind> = { rectangle: "rectangle", ellipse: "circle", diamond: "diamond" };
const TITLE_FROM = 32;
/** Strokes of one group that are further apart are several drawings. */
const ONE_DRAWING = 150;
/** So near to a thing, an arrow that is not bound points at it all the same. */
const POINTS_AT = 24;

export function thingsOf(
  elements: BoardElement[],
  authorOf: (id: string) => number | null,
  mirrored = false,
): Thing[] {
  const texts = boundTexts(elements);
  const things: Thing[] = [];
  for (const element of elements) {
    if (texts.bound.has(element.id)) continue;
    const author = authorOf(element.id);
    if (joinDrawing(things, element, author)) continue;
    things.push(thingOf(element, texts.of.get(element.id), author));
  }
  joinEnds(things);
  return inReadingOrder(things, mirrored);
}

function boundTexts(elements: BoardElement[]) {
  const ids = new Set(elements.filter(({ type }) => type !== "text").map(({ id }) => id));
  const of = new Map<string, BoardElement>();
  const bound = new Set<string>();
  for (const element of elements) {
    const holder = element.containerId;
    if (element.type !== "text" || typeof holder !== "string" || !ids.has(holder) || of.has(holder)) continue;
    of.set(holder, element);
    bound.add(element.id);
  }
  return { of, bound };
}

function thingOf(element: BoardElement, text: BoardElement | undefined, author: number | null): Thing {
  const data = element.customData as { note?: true; alt?: string } | undefined;
  const words = element.type === "text" ? element : text;
  return {
    id: element.id,
    kind: kindOf(element, data?.note === true || text !== undefined),
    parts: text ? [element, text] : [element],
    text: words ? wordsOf(words) : (data?.alt ?? "").trim(),
    colour: colourOf(hasGround(element) ? element.backgroundColor : element.strokeColor),
    box: boxOf(element),
    link: typeof element.link === "string" ? element.link : null,
    author,
    from: null,
    to: null,
  };
}

function wordsOf({ originalText, text }: BoardElement): string {
  return ((originalText ?? text ?? "") as string).trim();
}

function hasGround({ type, backgroundColor }: BoardElement): boolean {
  return type in SHAPES && colourOf(backgroundColor) !== null;
}

function kindOf(element: BoardElement, note: boolean): ThingKind {
  switch (element.type) {
    case "rectangle":
      return note ? "note" : "rectangle";
    case "image":
      return element.locked === true ? "background" : "picture";
    case "text":
      return (element.fontSize as number) >= TITLE_FROM ? "title" : "text";
    case "line":
    case "arrow":
      return element.type;
    case "freedraw":
      return "drawing";
    default:
      return SHAPES[element.type] ?? "rectangle";
  }
}

/** Strokes that their maker put into one group are one drawing. */
function joinDrawing(things: Thing[], element: BoardElement, author: number | null): boolean {
  const group = groupOf(element);
  const last = things.at(-1);
  if (element.type !== "freedraw" || group === null || last?.kind !== "drawing" || last.author !== author)
    return false;
  const box = boxOf(element);
  if (groupOf(last.parts[0]) !== group || gap(last.box, box) > ONE_DRAWING) return false;
  last.parts.push(element);
  last.box = around([last.box, box]) ?? box;
  return true;
}

function groupOf(element: BoardElement | undefined): string | null {
  const groups = element?.groupIds;
  return Array.isArray(groups) ? ((groups.at(-1) as string | undefined) ?? null) : null;
}

export const joins = ({ kind }: Thing) => kind === "arrow" || kind === "line";

function joinEnds(things: Thing[]): void {
  const arrows = things.filter(joins);
  if (arrows.length === 0) return;
  const owners = new Map(things.flatMap(({ id, parts }) => parts.map((part) => [part.id, id] as const)));
  const places = things.filter((thing) => !joins(thing) && thing.kind !== "background");
  for (const arrow of arrows) {
    const [element] = arrow.parts;
    if (!element) continue;
    const points = element.points as Point[];
    const end = (binding: unknown, at: Point | undefined) =>
      bound(binding, owners) ?? (at ? thingAt(places, [element.x + at[0], element.y + at[1]]) : null);
    arrow.from = end(element.startBinding, points[0]);
    arrow.to = end(element.endBinding, points.at(-1));
    // A line under a title joins nothing.
    if (arrow.from === arrow.to) arrow.from = arrow.to = null;
  }
}

function bound(binding: unknown, owners: Map<string, string>): string | null {
  return owners.get((binding as { elementId?: string } | null)?.elementId ?? "") ?? null;
}

/** The smallest thing at a place. */
function thingAt(things: Thing[], [x, y]: Point): string | null {
  const at = { x, y, width: 0, height: 0 };
  let best: Thing | null = null;
  const size = ({ box }: Thing) => box.width * box.height;
  for (const thing of things)
    if (gap(thing.box, at) <= POINTS_AT && (!best || size(thing) < size(best))) best = thing;
  return best?.id ?? null;
}

/** Top to bottom, and in one row from the side on which one begins to read. */
function inReadingOrder(things: Thing[], mirrored: boolean): Thing[] {
  const down = [...things].sort((a, b) => a.box.y - b.box.y || (a.id < b.id ? -1 : 1));
  const rows: { until: number; things: Thing[] }[] = [];
  for (const thing of down) {
    const row = rows.at(-1);
    // Who begins in the upper half of the row's first one stands in the same row.
    if (row && thing.box.y < row.until) row.things.push(thing);
    else rows.push({ until: thing.box.y + Math.min(thing.box.height, 240) / 2, things: [thing] });
  }
  const side = ({ box }: Thing) => (mirrored ? -(box.x + box.width) : box.x);
  return rows.flatMap((row) => row.things.sort((a, b) => side(a) - side(b)));
}
