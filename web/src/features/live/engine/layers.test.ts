import { describe, expect, it } from "vitest";

import { CAMERA, layersFor } from "./layers";

const sent = (width: number, height: number) =>
  layersFor({ width, height })
    .filter((layer) => layer.active)
    .map((layer) => [layer.rid, height / layer.scaleResolutionDownBy]);

describe("the layers of a camera", () => {
  it("always end with the whole picture", () => {
    expect(sent(1280, 720)).toEqual([
      ["q", 180],
      ["h", 360],
      ["f", 720],
    ]);
    expect(sent(CAMERA.width, CAMERA.height)).toEqual([
      ["q", 180],
      ["h", 360],
    ]);
    expect(sent(320, 180)).toEqual([["q", 180]]);
  });

  it("are the same for a phone held upright", () => {
    expect(sent(360, 640).map(([rid]) => rid)).toEqual(["q", "h"]);
  });

  it("cost more the larger they are", () => {
    for (const size of [CAMERA, { width: 1280, height: 720 }]) {
      const rates = layersFor(size)
        .filter((layer) => layer.active)
        .map((layer) => layer.maxBitrate);
      expect(rates).toEqual([...rates].sort((a, b) => a - b));
      expect(new Set(rates).size).toBe(rates.length);
    }
  });
});
