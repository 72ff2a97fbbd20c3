import { describe, expect, it } from "vitest";
import { DRAFT_KEPT, noCaptions, shownCaptions, withCaptions, withDrafts, withLines } from "./captions";
import type { CaptionDraft, CaptionLine, RoomSnapshot } from "./protocol";

const line = (seq: number, change: Partial<CaptionLine> = {}): CaptionLine => ({
  id: `l${seq}`,
  seq,
  rev: seq,
  user_id: "ada",
  name: "Ada",
  breakout_id: null,
  source: "typed",
  language: null,
  text: `line ${seq}`,
  started_at: "2026-11-24T10:36:00Z",
  ended_at: "2026-11-24T10:36:02Z",
  corrected_at: null,
  ...change,
});
const draft = (id: string, text: string): CaptionDraft => ({
  id,
  user_id: "ada",
  name: "Ada",
  language: null,
  text,
});
const snapshot = (lines: CaptionLine[], more = false, breakout_id: string | null = null) =>
  ({ captions: { lines, more }, you: { breakout_id } }) as unknown as RoomSnapshot;

describe("the captions of a page", () => {
  it("show a draft until its line is there, and nothing of it afterwards", () => {
    let state = withDrafts(noCaptions, [draft("l1", "Good"), draft("x", "And")], 1000);
    state = withDrafts(state, [draft("l1", "Good morn"), draft("x", "")], 1500);
    expect(shownCaptions(state, 5000, 1500).map((one) => one.text)).toEqual(["Good morn"]);
    state = withLines(state, [line(1, { text: "Good morning" })], 2000);
    state = withDrafts(state, [draft("l1", "Good morni")], 2100);
    expect(shownCaptions(state, 5000, 2100).map((one) => one.text)).toEqual(["Good morning"]);
    expect(shownCaptions(state, 5000, 7001)).toEqual([]);
    expect(state.lines).toHaveLength(1);
  });

  it("forget a draft of which nothing more is heard", () => {
    const state = withDrafts(noCaptions, [draft("a", "Hello")], 0);
    expect(shownCaptions(state, 5000, DRAFT_KEPT - 1)).toHaveLength(1);
    expect(shownCaptions(state, 5000, DRAFT_KEPT)).toEqual([]);
    expect(withDrafts(state, [draft("b", "Next")], DRAFT_KEPT).drafts.map(({ id }) => id)).toEqual(["b"]);
  });

  it("show nothing of the past to who comes in, but keep it for the transcript", () => {
    const state = withCaptions(noCaptions, snapshot([line(4), line(5)], true));
    expect(shownCaptions(state, 5000, Date.now())).toEqual([]);
    expect(state.lines.map(({ seq }) => seq)).toEqual([4, 5]);
    expect(state.older).toBe(true);
  });

  it("take a correction over, and no older state of a line", () => {
    let state = withLines(noCaptions, [line(1), line(2)], 0);
    state = withLines(state, [line(1, { rev: 3, text: "corrected" })], 9000);
    state = withLines(state, [line(1)], 9000);
    expect(state.lines.map(({ text }) => text)).toEqual(["corrected", "line 2"]);
    expect(shownCaptions(state, 5000, 9001)).toEqual([]);
  });

  it("are of the room where one is", () => {
    let state = withLines(noCaptions, [line(1), line(2, { breakout_id: "b" })], 0);
    expect(state.lines.map(({ seq }) => seq)).toEqual([1]);
    state = withCaptions(state, snapshot([line(2, { breakout_id: "b" })], false, "b"));
    expect(state.lines.map(({ seq }) => seq)).toEqual([2]);
  });
});
