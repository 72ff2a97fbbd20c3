/** Arithmetic of the microphone's level: from samples to bars, and from bars over time to a sentence. */

export const BARS = 14;
const QUIETEST = -60;
const LOUDEST = -12;

/** Loudness of one frame of samples (-1…1) as decibels below full scale; silence is -Infinity. */
export function decibels(samples: ArrayLike<number>): number {
  if (samples.length === 0) return -Infinity;
  let sum = 0;
  for (let i = 0; i < samples.length; i += 1) sum += (samples[i] ?? 0) ** 2;
  return 10 * Math.log10(sum / samples.length);
}

/** The loudest part of longer samples: a short word between two pauses is not averaged away. */
export function loudest(samples: Float32Array, part = 2048): number {
  let level = -Infinity;
  for (let at = 0; at < samples.length; at += part)
    level = Math.max(level, decibels(samples.subarray(at, at + part)));
  return level;
}

/** How many of the bars are lit, from 0 (a quiet room) to `BARS`. */
export function litBars(level: number, bars = BARS): number {
  const share = (level - QUIETEST) / (LOUDEST - QUIETEST);
  return Math.round(Math.min(1, Math.max(0, share)) * bars);
}

/** Rises at once and falls slowly, so that the bars can be read. */
export function smoothed(before: number, now: number, fall = 0.2): number {
  return now > before ? now : before + (now - before) * fall;
}

export type Hearing = "listening" | "heard" | "silent";

const VOICE = -45;
const VOICE_FOR = 200;
const SILENT_AFTER = 5000;

/** Decides when we may say "We can hear you", and when that we cannot. Fed with levels and milliseconds. */
export class HearingTest {
  #voiced = 0;
  #silent = 0;
  #result: Hearing = "listening";

  hear(level: number, elapsed: number): Hearing {
    if (level >= VOICE) {
      this.#silent = 0;
      this.#voiced += elapsed;
      // One crackle is not a voice: it takes a fifth of a second in all.
      if (this.#voiced >= VOICE_FOR) this.#result = "heard";
    } else if (this.#result !== "heard") {
      this.#silent += elapsed;
      if (this.#silent >= SILENT_AFTER) this.#result = "silent";
    }
    return this.#result;
  }
}
