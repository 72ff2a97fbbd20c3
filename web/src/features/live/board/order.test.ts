import { describe, expect, it } from "vitest";

import { indexAfter, indexBefore, isIndex } from "./order";

describe("the order on a board", () => {
  it("goes on for ever, upwards and downwards", () => {
    for (const [step, less] of [
      [indexAfter, (a: string, b: string) => a < b],
      [indexBefore, (a: string, b: string) => a > b],
    ] as const) {
      let last = step(null);
      expect(last).toBe("a0");
      for (let i = 0; i < 9000; i += 1) {
        const next = step(last);
        expect(isIndex(next) && less(last, next)).toBe(true);
        last = next;
      }
    }
  });

  it("finds a place beside a fraction and beside the end of the numbers", () => {
    expect(indexAfter("a1V")).toBe("a2");
    expect(indexBefore("a1V")).toBe("a1");
    expect(indexBefore("a0")).toBe("Zz");
    expect(indexAfter("Zz")).toBe("a0");
    const end = "z".repeat(27);
    expect(indexAfter(end) > end && isIndex(indexAfter(end))).toBe(true);
  });

  it("knows what the drawing program does not take", () => {
    for (const index of ["a0", "Zz", "b00", "a0V", "a1G5"]) expect(isIndex(index)).toBe(true);
    for (const index of [
      "",
      "a",
      "0a",
      "b0",
      "a00",
      "a0V0",
      "a-",
      `A${"0".repeat(26)}`,
      "ä0",
      `a0${"V".repeat(200)}`,
    ])
      expect(isIndex(index), index).toBe(false);
  });
});
