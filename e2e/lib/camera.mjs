// A camera of 320 × 180: a small moving picture that Chromium plays in place of a real one.
import { writeFileSync } from 'node:fs';

const width = 320;
const height = 180;
const framesPerSecond = 15;

/** Writes one second of a bright bar that walks over a grey ground, as YUV4MPEG2; Chromium plays it in a loop. */
export function writeCamera(path) {
  const parts = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < framesPerSecond; frame += 1) {
    const luma = Buffer.alloc(width * height, 90);
    const bar = Math.floor((frame * width) / framesPerSecond);
    for (let y = 0; y < height; y += 1) luma.fill(220, y * width + bar, y * width + Math.min(width, bar + 20));
    const blue = Buffer.alloc((width * height) / 4, 118);
    const red = Buffer.alloc((width * height) / 4, 138);
    parts.push(Buffer.from('FRAME\n'), luma, blue, red);
  }
  writeFileSync(path, Buffer.concat(parts));
  return path;
}
