/** Makes a picture small enough to be sent: decoded here, drawn anew, so that nothing but what is seen leaves the device. */

export type PictureProblem = "kind" | "large" | "broken" | "heavy";

export class PictureRefused extends Error {
  constructor(readonly because: PictureProblem) {
    super(because);
  }
}

export interface Shrunk {
  /** A data URL. */
  image: string;
  width: number;
  height: number;
}

/** An SVG can hold programs and pictures from elsewhere: only pictures made of points are taken. */
const KINDS = ["image/png", "image/jpeg", "image/webp", "image/gif"];
export const PICTURES = KINDS.join(",");
const MOST_BYTES = 20 * 1024 * 1024;
const MOST_PIXELS = 40_000_000;
const LONGEST_SIDE = 1600;
/** What the server takes, before base64. */
const MOST_SENT = 512 * 1024;
const QUALITIES = [0.86, 0.72, 0.55, 0.4];

export async function shrunk(file: Blob): Promise<Shrunk> {
  if (!KINDS.includes(file.type)) throw new PictureRefused("kind");
  if (file.size > MOST_BYTES) throw new PictureRefused("large");
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new PictureRefused("broken");
  }
  try {
    if (bitmap.width * bitmap.height > MOST_PIXELS) throw new PictureRefused("large");
    return await encoded(bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

/** As good as fits: first worse, then smaller. */
export async function encoded(source: CanvasImageSource, width: number, height: number): Promise<Shrunk> {
  for (let longest = LONGEST_SIDE; longest >= 400; longest *= 0.7) {
    const size = within(width, height, longest);
    const canvas = document.createElement("canvas");
    Object.assign(canvas, size);
    const pen = canvas.getContext("2d");
    if (!pen) throw new PictureRefused("broken");
    pen.drawImage(source, 0, 0, size.width, size.height);
    for (const quality of QUALITIES) {
      const blob = await blobOf(canvas, quality);
      if (blob && blob.size <= MOST_SENT) return { image: await dataUrl(blob), ...size };
    }
  }
  throw new PictureRefused("heavy");
}

export function within(width: number, height: number, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Where a browser cannot write WebP it writes PNG, which the server takes too. */
const blobOf = (canvas: HTMLCanvasElement, quality: number) =>
  new Promise<Blob | null>((done) => canvas.toBlob(done, "image/webp", quality));

export function dataUrl(blob: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as string);
    reader.onerror = () => fail(new PictureRefused("broken"));
    reader.readAsDataURL(blob);
  });
}
