/** Makes a picture small enough for the chat: a data URL of at most 500 KB, smaller in size and detail until it fits. */

const MOST = 500_000;
const TRIES = [
  { edge: 1600, quality: 0.85 },
  { edge: 1280, quality: 0.75 },
  { edge: 960, quality: 0.7 },
  { edge: 640, quality: 0.6 },
  { edge: 480, quality: 0.5 },
];

/** Rejects when the file is no picture, or cannot be made small enough. */
export async function shrunk(file: Blob): Promise<string> {
  const bitmap = await createImageBitmap(file);
  try {
    for (const { edge, quality } of TRIES) {
      const image = drawn(bitmap, edge, quality);
      if (image.length <= MOST) return image;
    }
  } finally {
    bitmap.close();
  }
  throw new RangeError("the picture stays too large");
}

/** Drawing it anew also leaves behind where and with what it was taken. */
function drawn(bitmap: ImageBitmap, edge: number, quality: number): string {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  const paint = () => context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  paint();
  const webp = canvas.toDataURL("image/webp", quality);
  if (webp.startsWith("data:image/webp")) return webp;
  // JPEG knows no transparency: what shows through becomes white.
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  paint();
  return canvas.toDataURL("image/jpeg", quality);
}
