/** Where things are: upright boxes around them, in the units of the board. */
import type { BoardElement } from "../objects";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export type Point = [number, number];

export const right = (box: Box) => box.x + box.width;
export const bottom = (box: Box) => box.y + box.height;
export const middle = (box: Box): Point => [box.x + box.width / 2, box.y + box.height / 2];

/** The box around an element, also where it is turned. */
export function boxOf(element: BoardElement): Box {
  const box = flatBox(element);
  const angle = typeof element.angle === "number" ? element.angle : 0;
  if (angle === 0) return box;
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const [x, y] = middle(box);
  const width = box.width * cos + box.height * sin;
  const height = box.width * sin + box.height * cos;
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function flatBox({ x, y, width, height, points }: BoardElement): Box {
  if (!Array.isArray(points)) return { x, y, width, height };
  // Lines may go up and to the left of where they begin.
  let [low, top, high, deep] = [0, 0, 0, 0];
  for (const [px, py] of points as Point[]) {
    low = Math.min(low, px);
    high = Math.max(high, px);
    top = Math.min(top, py);
    deep = Math.max(deep, py);
  }
  return { x: x + low, y: y + top, width: high - low, height: deep - top };
}

export function around(boxes: Box[]): Box | null {
  const [first, ...others] = boxes;
  if (!first) return null;
  return others.reduce((all, box) => {
    const [x, y] = [Math.min(all.x, box.x), Math.min(all.y, box.y)];
    return {
      x,
      y,
      width: Math.max(right(all), right(box)) - x,
      height: Math.max(bottom(all), bottom(box)) - y,
    };
  }, first);
}

export function overlap(a: Box, b: Box, air = 0): boolean {
  return a.x < right(b) + air && b.x < right(a) + air && a.y < bottom(b) + air && b.y < bottom(a) + air;
}

export function holds(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x && inner.y >= outer.y && right(inner) <= right(outer) && bottom(inner) <= bottom(outer)
  );
}

/** How far apart their edges are. */
export function gap(a: Box, b: Box): number {
  const x = Math.max(a.x - right(b), b.x - right(a), 0);
  const y = Math.max(a.y - bottom(b), b.y - bottom(a), 0);
  return Math.hypot(x, y);
}
