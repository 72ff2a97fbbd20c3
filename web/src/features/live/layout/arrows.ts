/** Arrow keys in a field of tiles: to the nearest one in that direction, as the eye would go. Pure geometry. */

export interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

const DIRECTIONS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Index of the tile to go to; the same index when there is none that way, `null` for a key that does not move. */
export function arrowTo(key: string, from: number, rects: readonly Rect[]): number | null {
  if (key === "Home") return 0;
  if (key === "End") return Math.max(0, rects.length - 1);
  const direction = DIRECTIONS[key];
  const here = rects[from];
  if (!direction || !here) return null;
  let best = from;
  let bestWay = Infinity;
  rects.forEach((there, index) => {
    const way = index === from ? Infinity : wayTo(here, there, direction);
    if (way < bestWay) [best, bestWay] = [index, way];
  });
  return best;
}

/** How far it is along the direction, with a step aside costing double; Infinity when it lies elsewhere. */
function wayTo(here: Rect, there: Rect, [x, y]: readonly [number, number]): number {
  const dx = there.left + there.width / 2 - (here.left + here.width / 2);
  const dy = there.top + there.height / 2 - (here.top + here.height / 2);
  const along = dx * x + dy * y;
  const beyond = x === 0 ? Math.abs(dy) > here.height / 2 : Math.abs(dx) > here.width / 2;
  if (along <= 0 || !beyond) return Infinity;
  return along + 2 * Math.abs(dx * y + dy * x);
}
