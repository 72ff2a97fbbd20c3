/**
 * What screen readers hear. Assertive words go out at once. Polite ones are gathered for a moment and said as one, so
 * that a busy room does not talk over itself.
 */
export interface Spoken {
  polite: string;
  assertive: string;
}

const GATHER = 1000;
const BETWEEN = 5000;
/** A region must change to be read again; this is added every other time. */
const NUDGE = "\u00a0";

export class Announcer {
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastPolite = -Infinity;
  #spoken: Spoken = { polite: "", assertive: "" };

  constructor(private readonly show: (spoken: Spoken) => void) {}

  assertive(text: string): void {
    this.#put("assertive", text);
  }

  polite(text: string): void {
    if (this.#waiting.includes(text)) return;
    this.#waiting.push(text);
    if (this.#timer !== undefined) return;
    const wait = Math.max(GATHER, this.#lastPolite + BETWEEN - Date.now());
    this.#timer = setTimeout(() => this.#flush(), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  #flush(): void {
    this.#timer = undefined;
    this.#lastPolite = Date.now();
    this.#put("polite", this.#waiting.splice(0).join(" "));
  }

  #put(region: keyof Spoken, text: string): void {
    const again = this.#spoken[region] === text;
    this.#spoken = { ...this.#spoken, [region]: again ? text + NUDGE : text };
    this.show(this.#spoken);
  }
}
