import { describe, expect, it } from "vitest";
import { BARS, decibels, HearingTest, litBars, loudest, smoothed } from "./level";

const sine = (loudness: number) =>
  Array.from({ length: 480 }, (_, i) => loudness * Math.sin((i * Math.PI) / 24));

describe("the level of a microphone", () => {
  it("is about -3 dB for a full sine, 20 dB less for a tenth of it, and nothing for silence", () => {
    expect(decibels(sine(1))).toBeCloseTo(-3, 0);
    expect(decibels(sine(0.1))).toBeCloseTo(-23, 0);
    expect(decibels(new Float32Array(480))).toBe(-Infinity);
    expect(decibels([])).toBe(-Infinity);
  });

  it("lights no bar in silence, all when loud, and never fewer for a louder sound", () => {
    expect(litBars(-Infinity)).toBe(0);
    expect(litBars(0)).toBe(BARS);
    for (let level = -90; level < 0; level += 1) {
      expect(litBars(level + 1)).toBeGreaterThanOrEqual(litBars(level));
      expect(litBars(level)).toBeLessThanOrEqual(BARS);
    }
  });

  it("rises at once and falls slowly", () => {
    expect(smoothed(2, 10)).toBe(10);
    expect(smoothed(10, 0)).toBe(8);
  });
});

describe("the hearing test", () => {
  it("hears a voice after a fifth of a second, and remembers it", () => {
    const test = new HearingTest();
    expect(test.hear(-30, 100)).toBe("listening");
    expect(test.hear(-30, 100)).toBe("heard");
    for (let i = 0; i < 100; i += 1) test.hear(-80, 100);
    expect(test.hear(-80, 100)).toBe("heard");
  });

  it("says so after five seconds of silence, and still hears who speaks late", () => {
    const test = new HearingTest();
    for (let i = 0; i < 49; i += 1) expect(test.hear(-70, 100)).toBe("listening");
    expect(test.hear(-70, 100)).toBe("silent");
    test.hear(-30, 100);
    expect(test.hear(-30, 100)).toBe("heard");
  });

  it("does not take one crackle for a voice", () => {
    const test = new HearingTest();
    test.hear(-20, 50);
    for (let i = 0; i < 50; i += 1) test.hear(-70, 100);
    expect(test.hear(-70, 100)).toBe("silent");
  });
});

it("a word between two pauses is as loud as it was", () => {
  const samples = new Float32Array(8192);
  samples.fill(0.1, 4096, 6144);
  expect(loudest(samples)).toBeCloseTo(-20, 1);
  expect(decibels(samples)).toBeLessThan(-25);
  expect(loudest(new Float32Array(0))).toBe(-Infinity);
});
