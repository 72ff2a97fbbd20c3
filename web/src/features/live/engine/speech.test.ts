import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Recognition, Speech, speechRecognition } from "./speech";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function listening() {
  const made: Recognition[] = [];
  class Fake {
    lang = "";
    continuous = false;
    interimResults = false;
    onresult = null;
    onerror = null;
    onend = null;
    start = vi.fn();
    abort = vi.fn();
    constructor() {
      made.push(this);
    }
  }
  const ears = { words: vi.fn(), line: vi.fn(), problem: vi.fn() };
  const speech = new Speech(Fake, "en-GB", null, ears);
  const hears = (...said: [string, boolean][]) =>
    made.at(-1)?.onresult?.({
      resultIndex: 0,
      results: said.map(([transcript, isFinal]) => Object.assign([{ transcript }], { isFinal })),
    });
  return { made, ears, speech, hears };
}

describe("speech recognition", () => {
  it("tells words as they come, and lines when they are said", () => {
    const { made, ears, hears } = listening();
    expect(made[0]?.lang).toBe("en-GB");
    hears(["good", false], [" morning", false]);
    expect(ears.words).toHaveBeenCalledWith("good morning");
    hears(["Good morning", true], [" ever", false]);
    expect(ears.line).toHaveBeenCalledWith("Good morning");
    expect(ears.words).toHaveBeenLastCalledWith(" ever");
  });

  it("goes on after a pause, and says nothing more once it is stopped", () => {
    const { made, ears, speech, hears } = listening();
    made[0]?.onerror?.({ error: "no-speech" });
    made[0]?.onend?.();
    vi.advanceTimersByTime(300);
    expect(made).toHaveLength(2);
    speech.stop();
    expect(made[1]?.abort).toHaveBeenCalled();
    hears(["late", true]);
    made[1]?.onend?.();
    vi.advanceTimersByTime(10_000);
    expect(made).toHaveLength(2);
    expect(ears.line).not.toHaveBeenCalled();
  });

  it("gives up when the browser refuses, and after failing four times in a row", () => {
    const refused = listening();
    refused.made[0]?.onerror?.({ error: "not-allowed" });
    expect(refused.ears.problem).toHaveBeenCalledWith("refused");
    const failing = listening();
    for (let time = 0; time < 4; time += 1) {
      failing.made.at(-1)?.onerror?.({ error: "network" });
      failing.made.at(-1)?.onend?.();
      vi.advanceTimersByTime(2000);
    }
    expect(failing.ears.problem).toHaveBeenCalledWith("unreachable");
    expect(failing.made).toHaveLength(4);
  });

  it("is not there where the browser has none", () => {
    expect(speechRecognition()).toBeUndefined();
    const made = vi.fn();
    vi.stubGlobal("webkitSpeechRecognition", made);
    expect(speechRecognition()).toBe(made);
  });
});
