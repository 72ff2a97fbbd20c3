/**
 * The browser's own speech recognition, kept going while it is wanted: browsers end it after each pause. What it hears goes
 * out as drafts and lines; who makes the browser may receive the sound.
 */

/** Why it does not go on. */
export type SpeechProblem = "refused" | "unreachable";

/** As browsers have it; the types of the DOM do not know it everywhere. */
export interface Recognition {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onresult: ((event: RecognitionEvent) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  start: (track?: MediaStreamTrack) => void;
  abort: () => void;
}

interface RecognitionEvent {
  resultIndex: number;
  results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>;
}

type NewRecognition = new () => Recognition;

/** How to make one; undefined where the browser has none. */
export function speechRecognition(): NewRecognition | undefined {
  const scope = globalThis as {
    SpeechRecognition?: NewRecognition;
    webkitSpeechRecognition?: NewRecognition;
  };
  return scope.SpeechRecognition ?? scope.webkitSpeechRecognition;
}

export interface Ears {
  /** The words so far of what is being said. */
  words: (text: string) => void;
  /** Something was said to its end. */
  line: (text: string) => void;
  problem: (problem: SpeechProblem) => void;
}

/** So long it rests after an end, in milliseconds, and so often in a row it may fail. */
const AGAIN = 300;
const AFTER_FAILURE = 2000;
const FAILURES = 4;

export class Speech {
  #recognition: Recognition | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #stopped = false;

  constructor(
    private readonly make: NewRecognition,
    private readonly language: string,
    private readonly track: MediaStreamTrack | null,
    private readonly ears: Ears,
  ) {
    this.#begin();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const recognition = this.#recognition;
    this.#recognition = null;
    recognition?.abort();
  }

  #begin(): void {
    const recognition = new this.make();
    this.#recognition = recognition;
    Object.assign(recognition, { lang: this.language, continuous: true, interimResults: true });
    let failed = false;
    recognition.onresult = (event) => this.#heard(recognition, event);
    recognition.onerror = ({ error }) => {
      if (error === "not-allowed" || error === "service-not-allowed") return this.#giveUp("refused");
      // A pause and our own end are no failures.
      failed = error !== "no-speech" && error !== "aborted";
    };
    recognition.onend = () => {
      if (this.#stopped || this.#recognition !== recognition) return;
      if (failed && (this.#failures += 1) >= FAILURES) return this.#giveUp("unreachable");
      this.#timer = setTimeout(() => this.#begin(), failed ? AFTER_FAILURE : AGAIN);
    };
    try {
      // Where the browser takes a track, it hears the microphone that was chosen, and not the first one.
      if (this.track) recognition.start(this.track);
      else recognition.start();
    } catch {
      this.#giveUp("refused");
    }
  }

  #heard(recognition: Recognition, { resultIndex, results }: RecognitionEvent): void {
    if (this.#stopped || this.#recognition !== recognition) return;
    this.#failures = 0;
    let words = "";
    for (let index = resultIndex; index < results.length; index += 1) {
      const result = results[index];
      const text = result?.[0]?.transcript ?? "";
      if (result?.isFinal) {
        if (text.trim() !== "") this.ears.line(text);
      } else words += text;
    }
    if (words.trim() !== "") this.ears.words(words);
  }

  #giveUp(problem: SpeechProblem): void {
    if (this.#stopped) return;
    this.stop();
    this.ears.problem(problem);
  }
}
