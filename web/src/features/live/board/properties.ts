/**
 * What a thing on a board may be made of. Everything in a document may have been written by a page that is not ours, so
 * each property has its own check; it answers with a copy of what is sound, else with `undefined`.
 */
import { isIndex } from "./order";

type Check = (value: unknown) => unknown;

export const FAR = 1_000_000;
export const LONGEST_TEXT = 5_000;
export const MOST_POINTS = 20_000;
const FONTS = [1, 2, 3, 5, 6, 7, 8, 9];
const HEADS = ["arrow", "bar", "dot", "circle", "circle_outline", "triangle", "triangle_outline", "diamond"];
const MORE_HEADS = ["diamond_outline", "crowfoot_one", "crowfoot_many", "crowfoot_one_or_many"];

export function isId(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_-]{1,64}$/.test(value);
}

const between =
  (low: number, high: number): Check =>
  (value) =>
    typeof value === "number" && value >= low && value <= high ? value : undefined;
const oneOf =
  (...known: unknown[]): Check =>
  (value) =>
    known.includes(value) ? value : undefined;
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null ? null : check(value);
const many =
  (most: number, check: Check, least = 0): Check =>
  (value) => {
    if (!Array.isArray(value) || value.length > most || value.length < least) return undefined;
    const checked = value.map(check);
    return checked.includes(undefined) ? undefined : checked;
  };
/** Only what is named is kept; a name with `?` may be missing. */
const record =
  (checks: Record<string, Check>): Check =>
  (value) => {
    if (!isRecord(value)) return undefined;
    const checked: Record<string, unknown> = {};
    for (const [name, check] of Object.entries(checks)) {
      const key = name.replace("?", "");
      if (name !== key && value[key] === undefined) continue;
      checked[key] = check(value[key]);
      if (checked[key] === undefined) return undefined;
    }
    return checked;
  };

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

const coordinate = between(-FAR, FAR);
const flag = oneOf(true, false);
const id: Check = (value) => (isId(value) ? value : undefined);
const text =
  (most: number): Check =>
  (value) =>
    typeof value === "string" && value.length <= most ? value : undefined;
const colour: Check = (value) =>
  typeof value === "string" && /^(transparent|#[0-9a-f]{6}([0-9a-f]{2})?)$/i.test(value) ? value : undefined;
const index: Check = (value) => (typeof value === "string" && isIndex(value) ? value : undefined);
const point = many(2, coordinate, 2);
const binding = orNull(
  record({ elementId: id, focus: coordinate, gap: coordinate, "fixedPoint?": orNull(point) }),
);
const arrowhead = orNull(oneOf(...HEADS, ...MORE_HEADS));
const side = between(0, FAR);

const link: Check = (value) => {
  if (value === null) return null;
  return typeof value === "string" && isLink(value) ? value : undefined;
};

/** A way out of the room that cannot be code. */
export function isLink(value: string): boolean {
  return (
    value.length <= 2_000 &&
    /^(https?:\/\/[^\s/]|mailto:\S)/i.test(value) &&
    !/[\s\p{Cc}]/u.test(value) &&
    URL.canParse(value)
  );
}

const COMMON: Record<string, Check> = {
  x: coordinate,
  y: coordinate,
  width: coordinate,
  height: coordinate,
  angle: between(-100, 100),
  strokeColor: colour,
  backgroundColor: colour,
  fillStyle: oneOf("solid", "hachure", "cross-hatch", "zigzag"),
  strokeWidth: between(0, 200),
  strokeStyle: oneOf("solid", "dashed", "dotted"),
  roughness: between(0, 10),
  opacity: between(0, 100),
  roundness: orNull(record({ type: oneOf(1, 2, 3), "value?": side })),
  boundElements: (value) =>
    value === null ? [] : many(2_000, record({ id, type: oneOf("arrow", "text") }))(value),
  link,
  locked: flag,
  index,
  groupIds: many(50, id),
  frameId: orNull(id),
  customData: record({ "note?": oneOf(true), "alt?": text(300) }),
};
const TEXT: Record<string, Check> = {
  text: text(LONGEST_TEXT),
  originalText: text(LONGEST_TEXT),
  fontSize: between(1, 5_000),
  fontFamily: oneOf(...FONTS),
  textAlign: oneOf("left", "center", "right"),
  verticalAlign: oneOf("top", "middle", "bottom"),
  lineHeight: between(0.1, 10),
  autoResize: flag,
  containerId: orNull(id),
};
const LINE: Record<string, Check> = {
  points: many(MOST_POINTS, point, 2),
  startBinding: binding,
  endBinding: binding,
  startArrowhead: arrowhead,
  endArrowhead: arrowhead,
  elbowed: flag,
};
const STROKE: Record<string, Check> = {
  points: many(MOST_POINTS, point, 1),
  pressures: many(MOST_POINTS, between(0, 1)),
  simulatePressure: flag,
};
const IMAGE: Record<string, Check> = {
  fileId: orNull(id),
  status: oneOf("pending", "saved", "error"),
  scale: many(2, between(-1_000, 1_000), 2),
  crop: orNull(
    record({
      x: coordinate,
      y: coordinate,
      width: side,
      height: side,
      naturalWidth: side,
      naturalHeight: side,
    }),
  ),
};

const PLAIN = {
  angle: 0,
  strokeColor: "#1e1e1e",
  backgroundColor: "transparent",
  fillStyle: "solid",
  strokeWidth: 2,
  strokeStyle: "solid",
  roughness: 0,
  opacity: 100,
  roundness: null,
  boundElements: [],
  link: null,
  locked: false,
  groupIds: [],
  frameId: null,
};
const PLAIN_TEXT = {
  fontSize: 20,
  fontFamily: 6,
  textAlign: "left",
  verticalAlign: "top",
  lineHeight: 1.25,
  autoResize: true,
  containerId: null,
};
const PLAIN_LINE = {
  startBinding: null,
  endBinding: null,
  startArrowhead: null,
  endArrowhead: null,
  elbowed: false,
};

interface Kind {
  checks: Record<string, Check>;
  /** What is not stored. Part of what is stored: changing one would change every board there is. */
  defaults: Record<string, unknown>;
  /** Without these there is nothing to draw. */
  needed: string[];
}

const PLACE = ["x", "y", "width", "height"];
const kind = (checks: Record<string, Check> = {}, defaults: object = {}, ...needed: string[]): Kind => ({
  checks: { ...COMMON, ...checks },
  defaults: { ...PLAIN, ...defaults },
  needed: [...PLACE, ...needed],
});

export const KINDS: ReadonlyMap<unknown, Kind> = new Map([
  ["rectangle", kind()],
  ["ellipse", kind()],
  ["diamond", kind()],
  ["text", kind(TEXT, PLAIN_TEXT, "text")],
  ["line", kind(LINE, PLAIN_LINE, "points")],
  ["arrow", kind(LINE, { ...PLAIN_LINE, endArrowhead: "arrow" }, "points")],
  ["freedraw", kind(STROKE, { pressures: [], simulatePressure: true }, "points")],
  ["image", kind(IMAGE, { fileId: null, status: "pending", scale: [1, 1], crop: null })],
]);

/** Of plain values, as they stand in a document. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, i) => same(one, b[i]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
}
