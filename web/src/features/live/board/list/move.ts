/** Moving by words: where a thing comes to stand, and what has to be written for it. Pure. */
import type { BoardElement } from "../objects";
import { followed } from "./arrows";
import { around, bottom, type Box, middle, overlap, right } from "./boxes";
import { GAP, obstacles, pushed } from "./make";
import type { Side } from "./places";
import type { Thing } from "./things";

export type Corner = "top-left" | "top-right" | "bottom-left" | "bottom-right";
export type Relation = Side | "middle" | Corner;

export const NEEDS_OTHER: ReadonlySet<Relation> = new Set(["right", "left", "above", "below", "inside"]);
const DIRECTIONS: Record<string, [number, number]> = {
  right: [1, 0],
  left: [-1, 0],
  above: [0, -1],
  below: [0, 1],
};
const RINGS = 40;

/** Where it stands then; null: there is nothing it could be put beside. */
export function target(
  things: Thing[],
  thing: Thing,
  relation: Relation,
  other: Thing | undefined,
): Box | null {
  const solid = obstacles(things, thing);
  if (NEEDS_OTHER.has(relation)) {
    if (!other || other === thing) return null;
    const direction = DIRECTIONS[relation];
    const box = besideBox(thing.box, other.box, relation);
    if (!direction) return box;
    // What it lies on all the same, like a picture that the other one lies on too, is not in the way.
    const below = solid.filter((one) => one !== other.box && overlap(one, other.box));
    return pushed(box, solid.filter((one) => !below.includes(one)), direction); // prettier-ignore
  }
  const whole = around(things.filter((one) => one !== thing).map(({ box }) => box)) ?? thing.box;
  return relation === "middle"
    ? nearMiddle(thing.box, whole, solid)
    : inCorner(thing.box, whole, relation, solid);
}

function besideBox(box: Box, other: Box, relation: Relation): Box {
  const [x, y] = middle(other);
  const at = { ...box, x: x - box.width / 2, y: y - box.height / 2 };
  if (relation === "right") at.x = right(other) + GAP;
  if (relation === "left") at.x = other.x - GAP - box.width;
  if (relation === "above") at.y = other.y - GAP - box.height;
  if (relation === "below") at.y = bottom(other) + GAP;
  return at;
}

/** The free place that is nearest to the middle. */
function nearMiddle(box: Box, whole: Box, solid: Box[]): Box {
  const [x, y] = middle(whole);
  const start = { ...box, x: x - box.width / 2, y: y - box.height / 2 };
  for (let ring = 0; ring < RINGS; ring += 1) {
    const steps = Math.max(1, ring * 8);
    for (let step = 0; step < steps; step += 1) {
      const angle = (step / steps) * 2 * Math.PI;
      const now = {
        ...start,
        x: start.x + Math.cos(angle) * ring * GAP,
        y: start.y + Math.sin(angle) * ring * GAP,
      };
      if (!solid.some((one) => overlap(one, now, GAP / 2))) return now;
    }
  }
  return start;
}

function inCorner(box: Box, whole: Box, corner: Relation, solid: Box[]): Box {
  const up = corner === "top-left" || corner === "top-right";
  const left = corner === "top-left" || corner === "bottom-left";
  const at = {
    ...box,
    x: left ? whole.x : right(whole) - box.width,
    y: up ? whole.y : bottom(whole) - box.height,
  };
  // Out of the board, where the corner is taken.
  return pushed(at, solid, [0, up ? -1 : 1]);
}

/** What has to be written so that the thing stands by so much elsewhere. */
export function movedBy(elements: BoardElement[], thing: Thing, dx: number, dy: number): BoardElement[] {
  return withFollowers(elements, thing.parts.map((part) => ({ ...part, x: part.x + dx, y: part.y + dy }))); // prettier-ignore
}

/** With the arrows that are bound to what changed. */
export function withFollowers(elements: BoardElement[], changed: BoardElement[]): BoardElement[] {
  const now = new Map(changed.map((one) => [one.id, one]));
  for (const arrow of followed(elements, now)) now.set(arrow.id, arrow);
  return [...now.values()];
}
