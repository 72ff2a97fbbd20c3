/** Where the tiles of the Everyone view go. Pure arithmetic over a box, a number of people and the gap between tiles. */

export interface Box {
  width: number;
  height: number;
}

export interface Grid {
  columns: number;
  rows: number;
  /** Size of one ordinary tile in CSS pixels. */
  tile: Box;
  /** The first tile takes two columns and two rows. */
  featured: boolean;
}

export const MOST_TILES = 25;
export const GAP = 12;
/** The picture that survives a tile's shape best, and the shapes a face still looks right in. */
const NARROWEST = 0.9;
const WIDEST = 16 / 9;
/** A large first tile is worth a third of the size of the others, not more. */
const WORTH = 0.62;
const SMALLEST: Box = { width: 148, height: 104 };

/**
 * The grid whose smallest picture is largest. With `feature`, the first tile is made four times as large where that
 * fills the rectangle without a hole.
 */
export function gridFor(box: Box, count: number, feature = false, gap = GAP): Grid {
  const plain = bestOf(box, Math.max(1, count), gap, false);
  if (!feature || count < 3) return plain;
  const large = bestOf(box, count, gap, true);
  return large && pictureArea(large.tile) >= WORTH * pictureArea(plain.tile) ? large : plain;
}

/** How many tiles fit on one page without becoming smaller than a face needs. */
export function pageSize(box: Box, gap = GAP): number {
  for (let count = MOST_TILES; count > 1; count -= 1) {
    const { tile } = gridFor(box, count, false, gap);
    if (tile.width >= SMALLEST.width && tile.height >= SMALLEST.height) return count;
  }
  return 1;
}

/** The column (in half columns, from 1) at which a tile starts, so that a short last row is centred. */
export function startOf(index: number, count: number, { columns }: Pick<Grid, "columns">): number {
  const lastRow = Math.floor((count - 1) / columns);
  const row = Math.floor(index / columns);
  const inRow = row === lastRow ? count - lastRow * columns : columns;
  return 1 + (columns - inRow) + 2 * (index % columns);
}

function bestOf(box: Box, count: number, gap: number, featured: false): Grid;
function bestOf(box: Box, count: number, gap: number, featured: true): Grid | null;
function bestOf(box: Box, count: number, gap: number, featured: boolean): Grid | null {
  const cells = featured ? count + 3 : count;
  let best: Grid | null = null;
  for (let columns = featured ? 2 : 1; columns <= cells; columns += 1) {
    const rows = Math.ceil(cells / columns);
    // A row that would be empty is a worse copy of a grid already tried.
    if ((rows - 1) * columns >= cells) continue;
    // A featured grid must close without a hole, and needs a second column beside the large tile.
    if (featured && (rows * columns !== cells || rows < 2 || columns < 3)) continue;
    const tile = {
      width: Math.max(0, (box.width - gap * (columns - 1)) / columns),
      height: Math.max(0, (box.height - gap * (rows - 1)) / rows),
    };
    const grid = { columns, rows, tile, featured };
    if (!best || score(grid, cells) > score(best, cells)) best = grid;
  }
  return best;
}

/** Bigger pictures first; between near equals, the one with fewer holes in the last row. */
function score(grid: Grid, cells: number): number {
  const holes = grid.columns * grid.rows - cells;
  return pictureArea(grid.tile) * (1 - 0.25 * (holes / grid.columns));
}

/** Area of the picture that a tile can show: what sticks out beyond a good shape is worth nothing. */
export function pictureArea({ width, height }: Box): number {
  const shape = height === 0 ? WIDEST : width / height;
  if (shape > WIDEST) return height * WIDEST * height;
  if (shape < NARROWEST) return width * (width / NARROWEST);
  return width * height;
}
