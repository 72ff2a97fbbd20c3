import { describe, expect, it } from "vitest";
import { type Box, gridFor, MOST_TILES, pageSize, pictureArea, startOf } from "./grid";

const BOXES: Box[] = [];
for (let width = 280; width <= 2400; width += 212) {
  for (let height = 180; height <= 1400; height += 122) BOXES.push({ width, height });
}

function everyCase(check: (box: Box, count: number) => void): void {
  for (const box of BOXES) for (let count = 1; count <= MOST_TILES; count += 1) check(box, count);
}

describe("the grid of tiles", () => {
  it("has a place for everybody and no empty row or column", () => {
    everyCase((box, count) => {
      for (const feature of [false, true]) {
        const grid = gridFor(box, count, feature);
        const cells = grid.featured ? count + 3 : count;
        expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(cells);
        expect(grid.columns * (grid.rows - 1)).toBeLessThan(cells);
        expect(grid.columns).toBeLessThanOrEqual(cells);
      }
    });
  });

  it("stays inside its box", () => {
    everyCase((box, count) => {
      const { columns, rows, tile } = gridFor(box, count, true);
      expect(columns * tile.width + (columns - 1) * 12).toBeLessThanOrEqual(box.width + 0.01);
      expect(rows * tile.height + (rows - 1) * 12).toBeLessThanOrEqual(box.height + 0.01);
    });
  });

  it("never makes everybody smaller when somebody leaves", () => {
    const shown = (box: Box, count: number) => pictureArea(gridFor(box, count).tile);
    for (const box of BOXES) {
      for (let count = 2; count <= MOST_TILES; count += 1) {
        expect(shown(box, count - 1)).toBeGreaterThanOrEqual(shown(box, count) * 0.75);
      }
    }
  });

  it("leaves no tiny remainder: the last row is at least half full from five people on", () => {
    const box = { width: 1000, height: 640 };
    for (let count = 5; count <= MOST_TILES; count += 1) {
      const { columns } = gridFor(box, count);
      const last = count % columns || columns;
      expect(last / columns, `${count} in ${columns} columns`).toBeGreaterThanOrEqual(0.5);
    }
  });

  it("makes the first tile large only where the rectangle closes", () => {
    everyCase((box, count) => {
      const grid = gridFor(box, count, true);
      if (grid.featured) expect(grid.columns * grid.rows).toBe(count + 3);
    });
  });

  it("draws nine people as four by three with a large first tile", () => {
    expect(gridFor({ width: 920, height: 580 }, 9, true)).toMatchObject({
      columns: 4,
      rows: 3,
      featured: true,
    });
  });

  it("puts two people side by side in a wide box and one above the other in a tall one", () => {
    expect(gridFor({ width: 1000, height: 560 }, 2)).toMatchObject({
      columns: 2,
      rows: 1,
    });
    expect(gridFor({ width: 360, height: 640 }, 2)).toMatchObject({
      columns: 1,
      rows: 2,
    });
  });

  it("centres a short last row", () => {
    const grid = {
      columns: 3,
      rows: 2,
      tile: { width: 1, height: 1 },
      featured: false,
    };
    expect([0, 1, 2, 3, 4].map((index) => startOf(index, 5, grid))).toEqual([1, 3, 5, 2, 4]);
  });

  it("puts fewer people on a page of a phone than on a desk, and always at least one", () => {
    expect(pageSize({ width: 900, height: 600 })).toBe(25);
    const phone = pageSize({ width: 366, height: 480 });
    expect(phone).toBeGreaterThanOrEqual(4);
    expect(phone).toBeLessThan(12);
    expect(pageSize({ width: 40, height: 40 })).toBe(1);
  });
});
