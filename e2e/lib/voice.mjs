// Something like a voice that never pauses, as a WAV file: what is missing of it is heard at once.
import { writeFileSync } from 'node:fs';

const rate = 48_000;
const seconds = 4;

/** Writes harmonics that rise and fall with the syllables; Chromium plays them in a loop. */
export function writeVoice(path) {
  const samples = Buffer.alloc(rate * seconds * 2);
  let phase = 0;
  for (let at = 0; at < rate * seconds; at += 1) {
    const time = at / rate;
    phase += (2 * Math.PI * (140 + 35 * Math.sin(2 * Math.PI * 0.5 * time))) / rate;
    const loud = 0.5 + 0.4 * Math.sin(2 * Math.PI * 3.25 * time);
    const tone = Math.sin(phase) + 0.6 * Math.sin(2 * phase) + 0.4 * Math.sin(5 * phase) + 0.2 * Math.sin(11 * phase);
    samples.writeInt16LE(Math.round(9000 * loud * tone), 2 * at);
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(2 * rate, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  writeFileSync(path, Buffer.concat([head, samples]));
  return path;
}
