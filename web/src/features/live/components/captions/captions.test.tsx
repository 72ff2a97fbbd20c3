import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { useDevice } from "../../device";
import { withDrafts, withLines } from "../../engine/captions";
import type { CaptionDraft, CaptionLine, ClientEvents } from "../../engine/protocol";
import type { RoomEngine } from "../../engine/room-engine";
import { enter, layOut } from "../room-for-tests";

vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => layOut());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const line = (seq: number, text: string, change: Partial<CaptionLine> = {}): CaptionLine => ({
  id: `l${seq}`,
  seq,
  rev: seq,
  user_id: "user of ada",
  name: "Ada Hill",
  breakout_id: null,
  source: "typed",
  language: "en",
  text,
  started_at: "2026-11-24T10:36:00Z",
  ended_at: "2026-11-24T10:36:02Z",
  corrected_at: null,
  ...change,
});
const draft = (id: string, text: string): CaptionDraft => ({
  id,
  user_id: "user of ada",
  name: "Ada Hill",
  language: null,
  text,
});

const hears = (engine: RoomEngine, lines: CaptionLine[], drafts: CaptionDraft[] = []) =>
  act(() =>
    engine.store.setState(({ captions }) => ({
      captions: withDrafts(withLines(captions, lines, Date.now()), drafts, Date.now()),
    })),
  );

const strip = () => screen.queryByRole("region", { name: "Captions" });
const control = () => screen.getByRole("button", { name: "Captions" });

async function openTranscript(as: string) {
  const room = enter(as);
  await room.user.click(screen.getByRole("button", { name: "Chat" }));
  await room.user.click(screen.getByRole("tab", { name: "Transcript" }));
  return room;
}

describe("captions", () => {
  it("come and go by their control and the key L, and the device remembers", async () => {
    const { user } = enter();
    expect(strip()).toBeNull();
    await user.click(control());
    expect(strip()).not.toBeNull();
    expect(control().getAttribute("aria-pressed")).toBe("true");
    expect(localStorage.getItem("vdp-room")).toContain('"captions":true');
    act(() => (document.activeElement as HTMLElement).blur());
    await user.keyboard("l");
    expect(strip()).toBeNull();
    expect(useDevice.getState().captions).toBe(false);
  });

  it("show who says what as it comes, and are no live region", async () => {
    const { engine, user } = enter();
    await user.click(control());
    hears(engine, [line(1, "Good morning")], [draft("x", "How are")]);
    hears(engine, [], [draft("x", "How are you")]);
    // By the short names of the tiles.
    expect(strip()?.textContent).toContain("Ada Good morningAda How are you");
    expect(strip()?.querySelector("[role='log'], [aria-live]")).toBeNull();
  });

  it("are read aloud line by line where that is wanted: once each, and no draft", () => {
    useDevice.setState({ captions: true, captionsAloud: true });
    const { engine } = enter();
    hears(engine, [], [draft("l1", "Good")]);
    hears(engine, [], [draft("l1", "Good morn")]);
    const log = screen.getByRole("log", { name: "Captions, read aloud" });
    expect(log.textContent).toBe("");
    hears(engine, [line(1, "Good morning")]);
    expect(log.textContent).toBe("Ada Hill: Good morning");
    expect(within(strip()!).queryAllByText("Good morning")).toHaveLength(1);
    expect(strip()?.querySelector(".lr-captions-window")?.getAttribute("aria-hidden")).toBe("true");
  });

  it("are as large, as many and as slow as the device wants", async () => {
    useDevice.setState({ captions: true });
    const { user } = enter();
    await user.click(screen.getByRole("button", { name: "Caption settings" }));
    const dialog = screen.getByRole("dialog", { name: "Caption settings" });
    await user.selectOptions(within(dialog).getByLabelText("Text size"), "40");
    await user.selectOptions(within(dialog).getByLabelText("Lines"), "3");
    await user.click(within(dialog).getByRole("button", { name: "15 seconds" }));
    expect(strip()?.style.getPropertyValue("--caption-size")).toBe("2.5rem");
    expect(strip()?.style.getPropertyValue("--caption-lines")).toBe("3");
    expect(useDevice.getState().captionPace).toBe(15);
    expect(within(dialog).getByText(/This browser cannot turn speech into captions/)).toBeDefined();
  });

  it("are made of one's own speech only after a word about it, while one is unmuted, and for this visit", async () => {
    const begun = vi.fn();
    const ended = vi.fn();
    vi.stubGlobal(
      "webkitSpeechRecognition",
      class {
        start = begun;
        abort = ended;
      },
    );
    const { engine, user } = enter();
    await user.click(screen.getByRole("button", { name: "More" }));
    await user.click(screen.getByRole("button", { name: "Caption settings" }));
    const own = screen.getByRole("switch", { name: /Turn my speech into captions/ });
    expect((own as HTMLInputElement).checked).toBe(false);
    expect(screen.getByText(/may receive the sound of your microphone/)).toBeDefined();
    await user.click(own);
    expect(begun).not.toHaveBeenCalled();
    act(() => engine.store.setState(({ microphone }) => ({ microphone: { ...microphone, on: true } })));
    expect(begun).toHaveBeenCalledOnce();
    act(() => engine.store.setState(({ microphone }) => ({ microphone: { ...microphone, on: false } })));
    expect(ended).toHaveBeenCalledOnce();
    expect(localStorage.getItem("vdp-room") ?? "").not.toContain("speech");
  });
});

describe("the transcript", () => {
  it("has what was said, and finds words with their older lines", async () => {
    const { engine, user } = await openTranscript("fay");
    hears(engine, [
      line(2, "The café opens"),
      line(3, "See you", { name: "", user_id: null, source: "service" }),
    ]);
    act(() => engine.store.setState(({ captions }) => ({ captions: { ...captions, older: true } })));
    const list = () => screen.getAllByRole("listitem").filter((item) => item.matches(".lr-transcript-line"));
    expect(list().map((item) => item.textContent)).toEqual([
      expect.stringMatching(/^Ada Hill.*The café opens$/),
      expect.stringMatching(/^Caption service.*See you$/),
    ]);
    const ask = vi.spyOn(engine, "ask").mockResolvedValue({ lines: [line(1, "Un CAFE")], more: false });
    await user.type(screen.getByRole("searchbox", { name: "Find in what was said" }), "café");
    expect(ask).toHaveBeenCalledWith("captions", { before: 2 });
    expect(await screen.findByText("2 lines")).toBeDefined();
    expect(list()).toHaveLength(2);
    expect(screen.queryByRole("textbox", { name: "Write captions" })).toBeNull();
    expect(screen.queryByRole("button", { name: /Correct/ })).toBeNull();
  });

  it("is written by hosts and captioners: drafts while they type, and Enter finishes the line", async () => {
    const { engine, user } = await openTranscript("fay");
    const me = engine.store.getState().you?.user_id ?? "";
    act(() => engine.store.setState(({ desk }) => ({ desk: { ...desk, captioners: [me] } })));
    const ask = vi.spyOn(engine, "ask").mockResolvedValue({ line: null });
    const field = screen.getByRole("textbox", { name: "Write captions" });
    await user.selectOptions(screen.getByRole("combobox", { name: "Who speaks" }), "Ben Hill");
    await user.type(field, "Hello{Enter}");
    const said = ask.mock.calls
      .filter(([event]) => event === "caption")
      .map(([, one]) => one as ClientEvents["caption"]["ask"]);
    expect(said[0]).toMatchObject({ text: "H", final: false, speaker: "ben" });
    expect(said.at(-1)).toMatchObject({ text: "Hello", final: true, speaker: "ben" });
    expect((field as HTMLInputElement).value).toBe("");
    ask.mockRejectedValue(new Error("lost"));
    await user.type(field, "Again{Enter}");
    expect(await screen.findByText(/The connection dropped before this was sent/)).toBeDefined();
    expect((field as HTMLInputElement).value).toBe("Again");
  });

  it("lets hosts give captioning to somebody, and take it back", async () => {
    const { engine, user } = enter("ada");
    const act_ = vi.spyOn(engine, "act").mockResolvedValue();
    const ben = () => screen.getAllByRole("button", { name: /Ben Hill/ })[0]!;
    await user.click(ben());
    await user.click(screen.getByRole("button", { name: "Let them write captions" }));
    const user_id = engine.store.getState().people.ben?.user_id ?? "";
    expect(act_).toHaveBeenCalledWith("set_captioner", { user_id, captioner: true });
    act(() => engine.store.setState(({ desk }) => ({ desk: { ...desk, captioners: [user_id] } })));
    await user.click(ben());
    await user.click(screen.getByRole("button", { name: "Take captioning back" }));
    expect(act_).toHaveBeenLastCalledWith("set_captioner", { user_id, captioner: false });
  });
});
