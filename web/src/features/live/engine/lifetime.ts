/**
 * What is asked of an RTCPeerConnection is never answered once it is closed: the promise stays pending for ever, and
 * with it everything that waits in line behind it. So each wait is tied to the life of its connection.
 */
export class Dropped extends Error {
  override name = "Dropped";
}

export class Lifetime {
  #end: (why: Dropped) => void = () => undefined;
  readonly #ended = new Promise<never>((_, reject) => (this.#end = reject));

  constructor() {
    this.#ended.catch(() => undefined);
  }

  end(): void {
    this.#end(new Dropped());
  }

  /** Settles as `work` does; rejects with `Dropped` when the life ends before. */
  hold<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#ended]);
  }
}
