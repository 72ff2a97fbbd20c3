/** Arrows that are bound to things keep pointing at them, from edge to edge. Pure. */
import type { BoardElement } from "../objects";
import { boxOf, middle, type Point } from "./boxes";

export const ARROW_GAP = 8;

interface Binding {
  elementId: string;
}

/** Where the way from the middle of an element to a place crosses its edge, and a little further. */
export function edgeToward(element: BoardElement, to: Point): Point {
  const box = boxOf(element);
  const [x, y] = middle(box);
  const [dx, dy] = [to[0] - x, to[1] - y];
  const far = Math.hypot(dx, dy);
  if (far === 0) return [x, y];
  const [across, down] = [
    Math.abs(dx) / Math.max(1, box.width / 2),
    Math.abs(dy) / Math.max(1, box.height / 2),
  ];
  const part =
    element.type === "ellipse"
      ? 1 / Math.hypot(across, down)
      : element.type === "diamond"
        ? 1 / (across + down)
        : 1 / Math.max(across, down);
  const reach = Math.min(part + ARROW_GAP / far, 1);
  return [x + dx * reach, y + dy * reach];
}

/** The arrows that are bound to what changed, with their ends where they belong now; `now` is how elements are. */
export function followed(elements: BoardElement[], now: Map<string, BoardElement>): BoardElement[] {
  const get = (binding: unknown) => {
    const id = (binding as Binding | null)?.elementId;
    if (id === undefined) return null;
    return now.get(id) ?? elements.find((one) => one.id === id) ?? null;
  };
  return elements.flatMap((arrow) => {
    const bindings = [arrow.startBinding, arrow.endBinding] as (Binding | null | undefined)[];
    if (arrow.elbowed === true || !bindings.some((one) => one && now.has(one.elementId))) return [];
    return [tied(now.get(arrow.id) ?? arrow, get(arrow.startBinding), get(arrow.endBinding))];
  });
}

/** The arrow with its first and last point at the edges of what it joins. */
export function tied(arrow: BoardElement, from: BoardElement | null, to: BoardElement | null): BoardElement {
  const points = (arrow.points as Point[]).map(([x, y]): Point => [arrow.x + x, arrow.y + y]);
  const last = points.length - 1;
  const near = (element: BoardElement | null, at: number): Point => (element ? middle(boxOf(element)) : (points[at] ?? [0, 0])); // prettier-ignore
  // A bent arrow leaves toward its bend.
  const start = from ? edgeToward(from, last > 1 ? near(null, 1) : near(to, last)) : near(null, 0);
  const end = to ? edgeToward(to, last > 1 ? near(null, last - 1) : near(from, 0)) : near(null, last);
  return withPoints(arrow, [start, ...points.slice(1, last), end]);
}

export function withPoints(arrow: BoardElement, points: Point[]): BoardElement {
  const [x, y] = points[0] ?? [arrow.x, arrow.y];
  const relative = points.map(([px, py]): Point => [px - x, py - y]);
  const box = boxOf({ ...arrow, angle: 0, x, y, points: relative });
  return { ...arrow, x, y, width: box.width, height: box.height, points: relative };
}
