// Waiting for something to become true, with a sentence when it does not.
import { setTimeout as pause } from 'node:timers/promises';

/** Thrown by what is asked when it is certain that the awaited will never come. */
export class Never extends Error {}

/**
 * Asks `look` again and again until it answers with something truthy, and hands that answer back.
 * An error thrown by `look` counts as "not yet", and is told when the time is over.
 *
 * @template T
 * @param {string} what what is awaited, as the end of "this did not happen: …"
 * @param {() => T | Promise<T>} look
 * @param {{ within?: number, every?: number }} [how] milliseconds
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, look, { within = 10_000, every = 100 } = {}) {
  const deadline = Date.now() + within;
  let last = 'nothing was seen yet';
  for (;;) {
    try {
      const seen = await look();
      if (seen) return seen;
      last = `last seen: ${JSON.stringify(seen)}`;
    } catch (error) {
      if (error instanceof Never) throw error;
      last = `last error: ${error?.message ?? error}`;
    }
    if (Date.now() >= deadline) throw new Error(`within ${within / 1000} s this did not happen: ${what} (${last})`);
    await pause(every);
  }
}

/** Lets real time go by, for stories that are about time itself (a lid that stays closed for a minute). */
export async function timePasses(milliseconds) {
  await pause(milliseconds);
}
