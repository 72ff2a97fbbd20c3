import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { WatchedTile } from "./protocol";
import { Watch } from "./watch";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const tile = (seat_id: string, height: number, source: WatchedTile["source"] = "camera"): WatchedTile => ({
  seat_id,
  source,
  height,
});

function watching() {
  const told: WatchedTile[][] = [];
  const watch = new Watch((tiles) => Promise.resolve(told.push(tiles)));
  return { watch, told, last: () => told.at(-1) };
}

describe("what is asked of the server", () => {
  it("is one message for a stage that is still being laid out", () => {
    const { watch, told } = watching();
    watch.show([tile("ada", 100)]);
    watch.show([tile("ben", 360), tile("ada", 360)]);
    vi.advanceTimersByTime(200);
    expect(told).toEqual([[tile("ada", 360), tile("ben", 360)]]);
  });

  it("is nothing but sound some seconds after the page was hidden, and all of it at once when it is looked at", () => {
    const { watch, told, last } = watching();
    watch.show([tile("ada", 360)]);
    vi.advanceTimersByTime(200);
    watch.lookedAway();
    vi.advanceTimersByTime(3000);
    watch.lookedAt();
    vi.advanceTimersByTime(10_000);
    expect(told).toHaveLength(1);
    watch.lookedAway();
    vi.advanceTimersByTime(6000);
    expect(last()).toEqual([]);
    watch.lookedAt();
    expect(last()).toEqual([tile("ada", 360)]);
  });

  it("keeps what stands in a window of its own, in the larger of the two sizes", () => {
    const { watch, last } = watching();
    watch.show([tile("ada", 180), tile("ben", 180)]);
    watch.showApart([tile("ada", 360)]);
    vi.advanceTimersByTime(200);
    expect(last()).toEqual([tile("ada", 360), tile("ben", 180)]);
    watch.lookedAway();
    vi.advanceTimersByTime(6000);
    expect(last()).toEqual([tile("ada", 360)]);
  });

  it("is small pictures and whole screens while saving, and no picture at all with sound only", () => {
    const { watch, last } = watching();
    watch.show([tile("ada", 720), tile("ada", 900, "screen")]);
    watch.save("save");
    vi.advanceTimersByTime(200);
    expect(last()).toEqual([tile("ada", 180), tile("ada", 900, "screen")]);
    watch.save("sound");
    vi.advanceTimersByTime(200);
    expect(last()).toEqual([]);
  });
});
