// Plays the files of a recording over one clock: each file is led to where the clock is, and the clock waits for them.

/** A file of the recording: what one seat sent of one source. Times in milliseconds of the recording. */
export interface Piece {
  id: string;
  starts: number;
  ms: number;
}

/** What the player needs of a media element. */
export type Media = Pick<
  HTMLMediaElement,
  | "error"
  | "currentTime"
  | "playbackRate"
  | "readyState"
  | "paused"
  | "seeking"
  | "muted"
  | "volume"
  | "play"
  | "pause"
>;

export interface Shown {
  /** Milliseconds. */
  at: number;
  playing: boolean;
  /** It wants to go on and waits for the network. */
  waiting: boolean;
  rate: number;
  volume: number;
  muted: boolean;
  /** Ids of files that cannot be played: nobody waits for them. */
  broken: readonly string[];
}

const TICK = 100;
/** Off by less is led back by playing a little faster or slower, off by more is sought. Seconds. */
const NEAR = 0.06;
const FAR = 0.35;
const NUDGE = 0.06;
/** A file is made ready so long before it begins, in milliseconds. */
const AHEAD = 15_000;
/** HTMLMediaElement.HAVE_FUTURE_DATA */
const FUTURE = 3;
/** No file is waited for any longer than this, in milliseconds. */
const PATIENCE = 8_000;

export class Player {
  private shown: Shown = {
    at: 0,
    playing: false,
    waiting: false,
    rate: 1,
    volume: 1,
    muted: false,
    broken: [],
  };
  private readonly listeners = new Set<() => void>();
  private readonly media = new Map<string, Media>();
  private timer: ReturnType<typeof setInterval> | null = null;
  private ticked = 0;
  private waitingSince: number | null = null;

  constructor(
    private readonly pieces: readonly Piece[],
    readonly length: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): Shown => this.shown;

  /** An element that shows this piece; null takes it away. */
  attach(id: string, element: Media | null): void {
    if (!element) {
      this.media.delete(id);
      return;
    }
    this.media.set(id, element);
    this.sound(element);
    this.lead();
  }

  /** This file cannot be played: the others go on without it. */
  leaveOut(id: string): void {
    if (!this.shown.broken.includes(id)) this.show({ broken: [...this.shown.broken, id] });
  }

  /** What was left out may have come to its senses: the network is back, say. */
  tryAgain(): void {
    this.show({ broken: [] });
  }

  play(): void {
    if (this.shown.at >= this.length) this.show({ at: 0 });
    this.ticked = this.now();
    this.waitingSince = null;
    this.show({ playing: true });
    this.timer ??= setInterval(() => this.tick(), TICK);
    this.lead();
  }

  pause(): void {
    this.show({ playing: false, waiting: false });
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    for (const element of this.media.values()) element.pause();
  }

  toggle(): void {
    if (this.shown.playing) this.pause();
    else this.play();
  }

  seek(at: number): void {
    this.ticked = this.now();
    this.waitingSince = null;
    this.show({ at: Math.min(Math.max(0, at), this.length) });
    this.lead();
  }

  setRate(rate: number): void {
    this.show({ rate });
    this.lead();
  }

  setVolume(volume: number, muted: boolean): void {
    this.show({ volume: Math.min(Math.max(0, volume), 1), muted });
    for (const element of this.media.values()) this.sound(element);
  }

  dispose(): void {
    this.pause();
    this.media.clear();
    this.listeners.clear();
  }

  /** The pieces that should have an element now. */
  static near(pieces: readonly Piece[], at: number): Piece[] {
    return pieces.filter((piece) => piece.starts - AHEAD <= at && at < piece.starts + piece.ms);
  }

  private tick(): void {
    // The event of an error may have come before anybody listened.
    for (const [id, element] of this.media) if (element.error) this.leaveOut(id);
    const now = this.now();
    const passed = now - this.ticked;
    this.ticked = now;
    if (this.stalls(now)) {
      this.show({ waiting: true });
    } else {
      const at = Math.min(this.shown.at + passed * this.shown.rate, this.length);
      this.show({ at, waiting: false });
      if (at >= this.length) this.pause();
    }
    this.lead();
  }

  /** Whether a file that should be playing has nothing to play; one that never comes is not waited for for ever. */
  private stalls(now: number): boolean {
    const empty = this.active().some(([, element]) => element.readyState < FUTURE);
    if (!empty) {
      this.waitingSince = null;
      return false;
    }
    this.waitingSince ??= now;
    return now - this.waitingSince < PATIENCE;
  }

  private active(): [Piece, Media][] {
    const { at, broken } = this.shown;
    return this.pieces.flatMap((piece): [Piece, Media][] => {
      const element = this.media.get(piece.id);
      // The last moment of a file is not waited for.
      const on = piece.starts <= at && at < piece.starts + piece.ms - 50;
      return element && on && !broken.includes(piece.id) ? [[piece, element]] : [];
    });
  }

  /** Brings every file to where the clock is. */
  private lead(): void {
    const { at, playing, waiting, rate } = this.shown;
    const active = new Map(this.active().map(([piece, element]) => [piece.id, element]));
    for (const piece of this.pieces) {
      const element = this.media.get(piece.id);
      if (!element) continue;
      const want = Math.max(0, at - piece.starts) / 1000;
      if (!active.has(piece.id)) {
        if (!element.paused) element.pause();
        if (want === 0 && element.currentTime !== 0 && !element.seeking) element.currentTime = 0;
        continue;
      }
      const off = element.currentTime - want;
      if (Math.abs(off) > FAR || (!playing && Math.abs(off) > NEAR)) {
        if (!element.seeking) element.currentTime = want;
        element.playbackRate = rate;
      } else {
        element.playbackRate = Math.abs(off) > NEAR ? rate * (off > 0 ? 1 - NUDGE : 1 + NUDGE) : rate;
      }
      if (playing && !waiting && element.paused)
        void element.play().catch((error: unknown) => this.refused(error));
      if ((!playing || waiting) && !element.paused) element.pause();
    }
  }

  /** The browser plays nothing before the person pressed something. */
  private refused(error: unknown): void {
    const isRefusal = error instanceof DOMException && error.name === "NotAllowedError";
    if (isRefusal && this.shown.playing && this.shown.at === 0) this.pause();
  }

  private sound(element: Media): void {
    element.volume = this.shown.volume;
    element.muted = this.shown.muted;
  }

  private show(change: Partial<Shown>): void {
    this.shown = { ...this.shown, ...change };
    for (const listener of this.listeners) listener();
  }
}
