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

/** Writes a second of noise, which no encoder can make small: a picture that takes all the bits it may have. */
export function writeBusyCamera(path, wide = 640, high = 360) {
  const parts = [Buffer.from(`YUV4MPEG2 W${wide} H${high} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`)];
  let dice = 1;
  for (let frame = 0; frame < framesPerSecond; frame += 1) {
    const luma = Buffer.alloc(wide * high);
    for (let at = 0; at < luma.length; at += 1) {
      dice = (dice * 1103515245 + 12345) % 2147483648;
      luma[at] = 96 + ((dice >> 16) & 63);
    }
    parts.push(Buffer.from('FRAME\n'), luma, Buffer.alloc((wide * high) / 4, 118), Buffer.alloc((wide * high) / 4, 138));
  }
  writeFileSync(path, Buffer.concat(parts));
  return path;
}
