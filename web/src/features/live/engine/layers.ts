/**
 * Which simulcast layers a camera sends. Pure.
 *
 * Browsers encode as many layers as the size of the picture is worth and leave out the *last* ones: of quarter, half
 * and full of a 640 × 360 picture nobody would ever see the full one. So the largest size goes to the last layer that
 * will be encoded.
 */
export interface Layer {
  rid: "q" | "h" | "f";
  active: boolean;
  scaleResolutionDownBy: number;
  maxBitrate: number;
}

export interface PictureSize {
  width: number;
  height: number;
}

/** What we ask of a camera, and what is assumed while there is none. */
export const CAMERA: PictureSize = { width: 640, height: 360 };

/** From so many pixels on, browsers encode so many layers. */
const THREE = 960 * 540;
const TWO = 480 * 270;
const RIDS = ["q", "h", "f"] as const;
/** Bits per second that a picture of at most so many pixels is worth. */
const WORTH = [
  [320 * 180, 200_000],
  [480 * 270, 400_000],
  [640 * 360, 750_000],
  [960 * 540, 1_300_000],
] as const;
const LARGEST = 2_000_000;

/** At most `most` of them are sent. */
export function layersFor({ width, height }: PictureSize, most = 3): Layer[] {
  const pixels = width * height;
  const count = pixels >= THREE ? 3 : pixels >= TWO ? 2 : 1;
  return RIDS.map((rid, index) => {
    const scale = 2 ** Math.max(0, count - 1 - index);
    const shown = pixels / scale ** 2;
    const maxBitrate = WORTH.find(([most]) => shown <= most)?.[1] ?? LARGEST;
    return { rid, active: index < Math.min(count, most), scaleResolutionDownBy: scale, maxBitrate };
  });
}
