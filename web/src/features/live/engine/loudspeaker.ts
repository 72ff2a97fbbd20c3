/** Plays everybody's sound: one audio element per line of the receiving connection. */

export interface SoundElement {
  srcObject: MediaProvider | null;
  autoplay: boolean;
  play(): Promise<void>;
  pause(): void;
  setSinkId?(id: string): Promise<void>;
}

export class Loudspeaker {
  #elements = new Map<string, SoundElement>();
  #sink: string | null = null;

  constructor(
    private readonly newElement: () => SoundElement,
    private readonly onBlocked: (blocked: boolean) => void,
  ) {}

  play(mid: string, stream: MediaStream | null): void {
    if (!stream) return this.#drop(mid);
    const element = this.#elements.get(mid) ?? this.newElement();
    this.#elements.set(mid, element);
    element.autoplay = true;
    element.srcObject = stream;
    if (this.#sink) void element.setSinkId?.(this.#sink).catch(() => undefined);
    void this.#start(element);
  }

  /** Called from a press of a button, which is what the browser was waiting for. */
  async turnOn(): Promise<void> {
    this.onBlocked(false);
    await Promise.all([...this.#elements.values()].map((element) => this.#start(element)));
  }

  async choose(deviceId: string): Promise<void> {
    this.#sink = deviceId;
    const moves = [...this.#elements.values()].map(async (element) => element.setSinkId?.(deviceId));
    await Promise.allSettled(moves);
  }

  close(): void {
    for (const mid of [...this.#elements.keys()]) this.#drop(mid);
  }

  async #start(element: SoundElement): Promise<void> {
    try {
      await element.play();
    } catch (error) {
      // Anything else (a stream replaced while starting) mends itself with the next stream.
      if (error instanceof Error && error.name === "NotAllowedError") this.onBlocked(true);
    }
  }

  #drop(mid: string): void {
    const element = this.#elements.get(mid);
    if (!element) return;
    element.pause();
    element.srcObject = null;
    this.#elements.delete(mid);
  }
}
