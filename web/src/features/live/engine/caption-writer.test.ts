import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CaptionWriter } from "./caption-writer";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

interface Said {
  id: string;
  text: string;
  final: boolean;
}

function writer() {
  const said: Said[] = [];
  const ask = vi.fn((_: string, one: Said) => {
    said.push(one);
    return Promise.resolve({ line: null });
  });
  return { said, ask, writer: new CaptionWriter(ask as never, () => ({ speaker: "s", language: "en" })) };
}

describe("writing captions", () => {
  it("tells of the words twice a second at most, and the line at once", async () => {
    const { said, writer: it } = writer();
    for (const text of ["G", "Go", "Goo"]) it.draft(text);
    expect(said.map(({ text }) => text)).toEqual(["G"]);
    vi.advanceTimersByTime(500);
    expect(said.map(({ text }) => text)).toEqual(["G", "Goo"]);
    it.draft("Good");
    await it.finish(" Good morning ");
    vi.advanceTimersByTime(5000);
    expect(said.map(({ text, final }) => [text, final])).toEqual([
      ["G", false],
      ["Goo", false],
      ["Good morning", true],
    ]);
    expect(new Set(said.map(({ id }) => id)).size).toBe(1);
  });

  it("gives each line an id of its own, also two in a row", () => {
    const { said, writer: it } = writer();
    void it.finish("One");
    void it.finish("Two");
    expect(said[0]?.id).not.toBe(said[1]?.id);
  });

  it("says the same words again as the same line, and other words as another", async () => {
    const { said, ask, writer: it } = writer();
    ask.mockRejectedValueOnce(new Error("lost"));
    await expect(it.finish("Hello")).rejects.toThrow();
    ask.mockRejectedValueOnce(new Error("lost"));
    await expect(it.finish("Hello")).rejects.toThrow();
    await it.finish("Hello there");
    const ids = (ask.mock.calls as [string, Said][]).map(([, one]) => one.id);
    expect(ids[0]).toBe(ids[1]);
    expect(said[0]?.id).not.toBe(ids[0]);
  });

  it("takes a draft back when its words are deleted, and says nothing of one that nobody saw", () => {
    const { said, writer: it } = writer();
    it.forget();
    expect(said).toEqual([]);
    it.draft("Oops");
    void it.finish("  ");
    expect(said.map(({ text, final }) => [text, final])).toEqual([
      ["Oops", false],
      ["", false],
    ]);
  });
});
