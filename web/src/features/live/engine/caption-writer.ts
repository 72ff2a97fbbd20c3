/** Writes captions of one voice to the server: drafts while the words come, twice a second at most, then the line. */
import type { Ask } from "./conversation";

/** Between two drafts, in milliseconds. */
const PACE = 500;
/** The longest line, in characters. */
export const LONGEST_CAPTION = 500;

/** Whose words they are, asked anew for each line. */
export interface Voice {
  /** The seat of who speaks; null for one's own voice, recognised by the browser. */
  speaker: string | null;
  language: string | null;
}

export class CaptionWriter {
  #id: string | null = null;
  #told = "";
  #latest = "";
  #untaken: { id: string; line: string } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastAt = -Infinity;

  constructor(
    private readonly ask: Ask,
    private readonly voice: () => Voice,
  ) {}

  /** The words so far. Empty words take the draft back. */
  draft(text: string): void {
    this.#latest = text.trim().slice(0, LONGEST_CAPTION);
    if (this.#latest === this.#told || this.#timer !== undefined) return;
    const wait = this.#lastAt + PACE - Date.now();
    if (wait <= 0) this.#tell();
    else this.#timer = setTimeout(() => this.#tell(), wait);
  }

  /** The line is finished. Rejects when the server did not take it; saying it again then is the same line. */
  async finish(text: string): Promise<void> {
    const line = text.trim().slice(0, LONGEST_CAPTION);
    this.#rest();
    if (line === "") return this.forget();
    // What was not taken before may have been kept without our hearing of it: the same words are the same line.
    const id = this.#untaken?.line === line ? this.#untaken.id : (this.#id ?? crypto.randomUUID());
    // Words that come from now on are of the next line.
    this.#begin();
    this.#untaken = null;
    try {
      await this.ask("caption", { id, text: line, final: true, ...this.voice() });
    } catch (error) {
      this.#untaken = { id, line };
      throw error;
    }
  }

  /** Takes back what was not finished. */
  forget(): void {
    this.#rest();
    if (this.#id !== null && this.#told !== "") this.#send("");
    this.#begin();
  }

  #begin(): void {
    this.#id = null;
    this.#told = "";
    this.#latest = "";
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell(): void {
    this.#timer = undefined;
    if (this.#latest === this.#told) return;
    this.#lastAt = Date.now();
    this.#told = this.#latest;
    this.#send(this.#latest);
  }

  #send(text: string): void {
    const id = (this.#id ??= crypto.randomUUID());
    // A draft that is lost or refused is followed by another, or by its line, which is not silent.
    this.ask("caption", { id, text, final: false, ...this.voice() }).catch(() => undefined);
  }
}
