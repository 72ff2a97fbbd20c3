import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Floor } from "./floor";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function room() {
  const holders: (string | null)[] = [];
  return { holders, floor: new Floor((holder) => holders.push(holder)) };
}

describe("the floor", () => {
  it("goes to the first who speaks, and stays through silence", () => {
    const { holders, floor } = room();
    floor.hear(["ada"]);
    floor.hear([]);
    vi.advanceTimersByTime(60_000);
    expect(holders).toEqual(["ada"]);
  });

  it("stays while its holder speaks, even when somebody else is louder", () => {
    const { holders, floor } = room();
    floor.hear(["ada"]);
    vi.advanceTimersByTime(5000);
    floor.hear(["bob", "ada"]);
    vi.advanceTimersByTime(5000);
    expect(holders).toEqual(["ada"]);
  });

  it("changes at most every two seconds, and then to who still speaks", () => {
    const { holders, floor } = room();
    floor.hear(["ada"]);
    for (let i = 0; i < 9; i += 1) {
      vi.advanceTimersByTime(100);
      floor.hear(i % 2 ? ["bob"] : ["cem"]);
    }
    expect(holders).toEqual(["ada"]);
    floor.hear(["bob"]);
    vi.advanceTimersByTime(2000);
    expect(holders).toEqual(["ada", "bob"]);
  });

  it("is not taken by a cough", () => {
    const { holders, floor } = room();
    floor.hear(["ada"]);
    vi.advanceTimersByTime(5000);
    floor.hear(["bob"]);
    vi.advanceTimersByTime(300);
    floor.hear([]);
    vi.advanceTimersByTime(5000);
    expect(holders).toEqual(["ada"]);
    floor.hear(["bob"]);
    vi.advanceTimersByTime(600);
    expect(holders).toEqual(["ada", "bob"]);
  });

  it("is free at once when its holder leaves", () => {
    const { holders, floor } = room();
    floor.hear(["ada"]);
    floor.gone("ada");
    floor.hear(["bob"]);
    expect(holders).toEqual(["ada", null, "bob"]);
  });
});
