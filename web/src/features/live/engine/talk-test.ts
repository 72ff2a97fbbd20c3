/** Decides when somebody who is muted seems to be talking. Fed with levels and the time; takes no clock itself. */

/** Decibels below full scale: a voice near the microphone, not the room around it. */
const VOICE = -42;
/** So much voice, in milliseconds, within `WITHIN`: a cough or a chair is shorter. */
const VOICED = 1_000;
const WITHIN = 2_500;
/** Once said, it is not said again for a minute. */
const QUIET_FOR = 60_000;

export class TalkTest {
  #voiced: { at: number; for: number }[] = [];
  #saidAt = -Infinity;

  /** True at the moment when it should be said. `elapsed` is the time since the level before, both in milliseconds. */
  hear(level: number, elapsed: number, now: number): boolean {
    if (level >= VOICE) this.#voiced.push({ at: now, for: elapsed });
    this.#voiced = this.#voiced.filter(({ at }) => at > now - WITHIN);
    const voiced = this.#voiced.reduce((sum, part) => sum + part.for, 0);
    if (voiced < VOICED || now - this.#saidAt < QUIET_FOR) return false;
    this.#saidAt = now;
    return true;
  }
}
