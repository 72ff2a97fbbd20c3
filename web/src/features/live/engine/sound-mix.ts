/**
 * The sound of a shared screen goes out with the voice: a seat has one line for sound. Muting silences the microphone's
 * own track, so it is the voice alone that falls silent; what staff mute is the whole line.
 */
export class SoundMix {
  readonly #context = new AudioContext();
  readonly #out = this.#context.createMediaStreamDestination();
  #voice: MediaStreamAudioSourceNode | null = null;

  constructor(screen: MediaStreamTrack) {
    this.#context.createMediaStreamSource(new MediaStream([screen])).connect(this.#out);
    // Sharing began with a press, so the browser lets it run.
    void this.#context.resume().catch(() => undefined);
  }

  /** What is sent in place of the microphone. */
  get track(): MediaStreamTrack | null {
    return this.#out.stream.getAudioTracks()[0] ?? null;
  }

  /** Another microphone, or none. */
  speak(voice: MediaStreamTrack | null): void {
    this.#voice?.disconnect();
    this.#voice = voice && this.#context.createMediaStreamSource(new MediaStream([voice]));
    this.#voice?.connect(this.#out);
  }

  close(): void {
    this.track?.stop();
    void this.#context.close().catch(() => undefined);
  }
}
