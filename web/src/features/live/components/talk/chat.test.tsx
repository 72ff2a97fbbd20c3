import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { refusal } from "../../engine/fakes";
import { emptyDesk } from "../../engine/state";
import { LineLost } from "../../engine/line";
import type { ChatMessage, Rules } from "../../engine/protocol";
import type { RoomEngine } from "../../engine/room-engine";
import { Refused } from "../../../../lib/api";
import { enter, layOut } from "../room-for-tests";
import { partsOf } from "./chat-text";

vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => layOut());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const message = (seq: number, change: Partial<ChatMessage> = {}): ChatMessage => ({
  id: `m${seq}`,
  seq,
  rev: seq,
  user_id: "user-of-ben",
  name: "Ben Hill",
  staff: false,
  to: "everyone",
  breakout_id: null,
  text: `message ${seq}`,
  image: false,
  said_at: "2026-11-24T10:36:00Z",
  edited_at: null,
  removed_at: null,
  ...change,
});

const put = (engine: RoomEngine, messages: ChatMessage[], older = false) =>
  act(() => engine.store.setState(({ talk }) => ({ talk: { ...talk, messages, older } })));
const rule = (engine: RoomEngine, chat: Rules["chat"]) =>
  act(() => engine.store.setState(({ desk }) => ({ desk: { ...desk, rules: { ...desk.rules, chat } } })));
const mine = (engine: RoomEngine) => engine.store.getState().you?.user_id ?? "";

async function openChat(as = "fay") {
  const room = enter(as);
  await room.user.click(screen.getByRole("button", { name: /^Chat/ }));
  return room;
}
const items = () => within(screen.getByRole("log")).getAllByRole("listitem");
const area = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: /^Write to/ });

describe("what was said", () => {
  it("says who, when and to whom, and what became of it", async () => {
    const { engine } = await openChat();
    put(engine, [
      message(1, { name: "Ada Hill", staff: true, text: "one\ntwo" }),
      message(2, { to: "hosts", edited_at: "2026-11-24T10:37:00Z" }),
      message(3, { text: "", removed_at: "2026-11-24T10:38:00Z" }),
    ]);
    const [first, second, third] = items();
    expect(first?.textContent).toContain("Ada Hillhost");
    expect(first?.textContent).toContain("one\ntwo");
    expect(first?.querySelector("time")?.dateTime).toBe("2026-11-24T10:36:00Z");
    expect(second?.textContent).toMatch(/to the hosts.*edited/);
    expect(third?.textContent).toContain("This message was removed");
    expect(screen.queryByRole("button", { name: /^(Edit|Remove)/ })).toBeNull();
  });

  it("has a quiet line where the recording began and ended while one was in the room", async () => {
    const { engine, user } = await openChat();
    const record = (recording: { id: string; since: string } | null) =>
      act(() => engine.store.setState(({ desk }) => ({ desk: { ...desk, recording } })));
    record({ id: "r1", since: "2026-11-24T10:36:00Z" });
    expect(items().map((item) => item.textContent)).toEqual([expect.stringContaining("Recording started")]);
    expect(screen.queryByText("Nobody has written yet.")).toBeNull();
    put(engine, [message(1)]);
    await user.click(screen.getByRole("tab", { name: /^People/ }));
    record(null);
    put(engine, [message(1), message(2)]);
    await user.click(screen.getByRole("tab", { name: /^Chat/ }));
    const texts = items().map((item) => item.textContent);
    expect(texts.map((text) => /Recording \w+|message \d/.exec(text ?? "")?.[0]).filter(Boolean)).toEqual([
      "Recording started",
      "message 1",
      "Recording ended",
      "message 2",
    ]);
  });

  it("has no such line for what began before one came in", async () => {
    const room = enter("fay", {
      desk: { ...emptyDesk, recording: { id: "r1", since: "2026-11-24T10:00:00Z" } },
    });
    await room.user.click(screen.getByRole("button", { name: /^Chat/ }));
    expect(screen.getByText("Nobody has written yet.")).toBeDefined();
  });

  it("makes links of web addresses, and of nothing else", async () => {
    const { engine } = await openChat();
    put(engine, [message(1, { text: "See https://example.org/a?b=1, or javascript:alert(1) <b>x</b>" })]);
    const link = screen.getByRole<HTMLAnchorElement>("link");
    expect(link.getAttribute("href")).toBe("https://example.org/a?b=1");
    expect([link.target, link.rel]).toEqual(["_blank", "noopener noreferrer"]);
    expect(items()[0]?.textContent).toContain("<b>x</b>");
    expect(partsOf("(http://a.org).").map((part) => part.href)).toEqual([
      undefined,
      "http://a.org",
      undefined,
    ]);
  });

  it("is changed by who wrote it, and keeps the words when that is refused", async () => {
    const { engine, user } = await openChat();
    put(engine, [message(1, { user_id: mine(engine), text: "hree" })]);
    const ask = vi.spyOn(engine, "ask");
    ask.mockRejectedValueOnce(new Refused({ ...refusal("message-removed", 409), detail: "It is gone." }));
    ask.mockResolvedValueOnce(message(1, { rev: 9, user_id: mine(engine), text: "here" }));
    await user.click(screen.getByRole("button", { name: /^Edit/ }));
    const edit = screen.getByRole("textbox", { name: "Your message" });
    expect(document.activeElement).toBe(edit);
    await user.clear(edit);
    await user.type(edit, "here{Control>}{Enter}{/Control}");
    expect(ask).toHaveBeenLastCalledWith("edit_message", { id: "m1", text: "here" });
    expect(screen.getByText("It is gone.")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(items()[0]?.textContent).toContain("here");
    expect(screen.queryByRole("textbox", { name: "Your message" })).toBeNull();
  });

  it("can be removed by a host, whoever wrote it", async () => {
    const { engine, user } = await openChat("ada");
    put(engine, [message(1)]);
    const deed = vi.spyOn(engine, "act").mockResolvedValue();
    expect(screen.queryByRole("button", { name: /^Edit/ })).toBeNull();
    await user.click(screen.getByRole("button", { name: /^Remove/ }));
    await user.click(screen.getByRole("button", { name: "Remove the message" }));
    expect(deed).toHaveBeenCalledWith("remove_message", { id: "m1" });
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("is one stop of the Tab key, from which the arrow keys go to the other messages", async () => {
    const { engine, user } = await openChat();
    vi.spyOn(engine, "ask").mockResolvedValue({ image: "data:image/png;base64,AA" });
    const own = (seq: number, change = {}) => message(seq, { user_id: mine(engine), ...change });
    put(engine, [own(1), message(2), own(3, { image: true, text: "" }), own(4), message(5)]);
    const button = (name: RegExp) => screen.getByRole("button", { name });
    const focused = () => document.activeElement;
    document.querySelector<HTMLElement>("[data-chat-scroll]")?.focus();
    await user.tab();
    expect(focused()).toBe(button(/^Edit.*message 4/));
    expect(focused()?.getAttribute("aria-describedby")).toBe(screen.getByText(/^Arrow keys up and down/).id);
    await user.keyboard("{ArrowUp}");
    expect(focused()).toBe(button(/^Remove.*picture/));
    await user.keyboard("{Home}{ArrowUp}");
    expect(focused()).toBe(button(/^Remove.*message 1/));
    // What comes meanwhile does not take the place away.
    put(engine, [own(1), message(2), own(4), own(6)]);
    await user.tab({ shift: true });
    expect(focused()).toBe(button(/^Edit.*message 1/));
    await user.tab();
    await user.tab();
    expect(focused()).toBe(screen.getByRole("combobox", { name: "Who can read it" }));
    await user.tab({ shift: true });
    expect(focused()).toBe(button(/^Remove.*message 6/));
  });

  it("reads pictures and older messages when asked", async () => {
    const { engine, user } = await openChat();
    const ask = vi.spyOn(engine, "ask").mockResolvedValue({ image: "data:image/png;base64,AA" });
    const older = vi.spyOn(engine.talk, "readOlder").mockResolvedValue();
    put(engine, [message(5, { image: true, text: "" })], true);
    const image = await screen.findByRole("img", { name: "Picture from Ben Hill" });
    expect(image.getAttribute("src")).toBe("data:image/png;base64,AA");
    expect(ask).toHaveBeenCalledWith("picture", { id: "m5" });
    await user.click(screen.getByRole("button", { name: "Read older messages" }));
    expect(older).toHaveBeenCalledOnce();
  });

  it("calls a picture by the words it came with", async () => {
    const { engine } = await openChat();
    vi.spyOn(engine, "ask").mockResolvedValue({ image: "data:image/png;base64,AA" });
    put(engine, [message(5, { image: true, text: "My garden" })]);
    expect(await screen.findByRole("img", { name: "My garden" })).toBeDefined();
  });

  it("offers nothing to edit where there are no words", async () => {
    const { engine } = await openChat();
    put(engine, [
      message(1, { user_id: mine(engine), image: true, text: "" }),
      message(2, { user_id: mine(engine), image: true, text: "My garden" }),
    ]);
    const [bare, worded] = items().map((item) => within(item));
    expect(bare?.queryByRole("button", { name: /^Edit/ })).toBeNull();
    expect(bare?.getByRole("button", { name: /^Remove/ })).toBeDefined();
    expect(worded?.getByRole("button", { name: /^Edit/ })).toBeDefined();
  });

  it("shows where it became new while the chat was not looked at, until it is left again", async () => {
    const { engine, user } = await openChat();
    put(engine, [message(1)]);
    expect(screen.queryByRole("separator")).toBeNull();
    await user.keyboard("{Escape}");
    const own = message(2, { user_id: mine(engine), name: "Fay Hill" });
    put(engine, [message(1), own, message(3), message(4)]);
    await user.keyboard("c");
    const line = screen.getByRole("separator", { name: /^New since \d{1,2}:\d\d/ });
    put(engine, [message(1), own, message(3), message(4), message(5)]);
    expect(items().indexOf(line.parentElement as HTMLElement)).toBe(2);
    expect(items()[3]?.textContent).toContain("message 3");
    await user.keyboard("{Escape}c");
    expect(items()).toHaveLength(5);
    expect(screen.queryByRole("separator")).toBeNull();
  });

  it("follows the end only for who is there", async () => {
    const { engine, user } = await openChat();
    put(engine, [message(1)]);
    const box = document.querySelector<HTMLElement>("[data-chat-scroll]") as HTMLElement;
    Object.defineProperties(box, { scrollHeight: { value: 900 }, clientHeight: { value: 300 } });
    put(engine, [message(1), message(2)]);
    expect(box.scrollTop).toBe(900);
    box.scrollTop = 100;
    fireEvent.scroll(box);
    put(engine, [message(1), message(2), message(3)]);
    expect(box.scrollTop).toBe(100);
    await user.click(screen.getByRole("button", { name: "New messages" }));
    expect(box.scrollTop).toBe(900);
    expect(screen.queryByRole("button", { name: "New messages" })).toBeNull();
  });
});

describe("writing", () => {
  it("keeps the words after a lost line and sends them under the same id", async () => {
    const { engine, user } = await openChat();
    const ask = vi.spyOn(engine, "ask").mockRejectedValueOnce(new LineLost("say"));
    ask.mockResolvedValueOnce(message(1, { user_id: mine(engine), text: "Hello" }));
    await user.selectOptions(screen.getByRole("combobox", { name: "Who can read it" }), "The hosts");
    await user.type(area(), "Hello{Enter}{Backspace}");
    expect(ask).not.toHaveBeenCalled();
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(area().value).toBe("Hello");
    expect(screen.getByText(/The connection dropped. Your words/)).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Send" }));
    const [first, second] = ask.mock.calls.map(([, said]) => said);
    expect(second).toEqual(first);
    expect(first).toMatchObject({ text: "Hello", to: "hosts" });
    expect(area().value).toBe("");
    expect(items()).toHaveLength(1);
  });

  it("stays half written while another tab is looked at", async () => {
    const { user } = await openChat();
    await user.type(area(), "Hel");
    await user.click(screen.getByRole("tab", { name: /^People/ }));
    await user.click(screen.getByRole("tab", { name: /^Chat/ }));
    expect(area().value).toBe("Hel");
  });

  it("is sent by Enter for hosts, and a refusal stays beside it", async () => {
    const { engine, user } = await openChat("ada");
    const no = new Refused({ ...refusal("too-many-messages", 429), detail: "Wait a moment." });
    const ask = vi.spyOn(engine, "ask").mockRejectedValue(no);
    expect(screen.queryByRole("combobox")).toBeNull();
    await user.type(area(), "Hi{Enter}");
    expect(ask).toHaveBeenCalledWith("say", expect.objectContaining({ text: "Hi", to: "everyone" }));
    expect(screen.getByText("Wait a moment.")).toBeDefined();
    expect(area().value).toBe("Hi");
  });

  it("says why one cannot write", async () => {
    const { engine } = await openChat();
    rule(engine, "hosts");
    expect(screen.getByText("Participants can write only to the hosts for now.")).toBeDefined();
    expect(screen.getByRole("textbox", { name: "Write to the hosts" })).toBeDefined();
    rule(engine, "closed");
    expect(screen.getByText(/The hosts have closed the chat/)).toBeDefined();
    expect(screen.queryByRole("textbox")).toBeNull();
  });

  it("has emoji for the keyboard, and Escape closes only them", async () => {
    const { user } = await openChat();
    await user.type(area(), "Hi ");
    await user.click(screen.getByRole("button", { name: "Add an emoji" }));
    const grid = screen.getByRole("dialog", { name: "Choose an emoji" });
    expect(within(grid).getAllByRole("button")).toHaveLength(24);
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Add an emoji" }));
    await user.keyboard("{Enter}{ArrowRight}{Enter}");
    expect(area().value).toBe("Hi 😀");
    expect(document.activeElement).toBe(area());
  });
});

describe("while the chat is not open", () => {
  it("counts what is new, opens with C, and is told politely", async () => {
    const { engine, user } = enter();
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const polite = () => document.querySelector("[aria-live='polite'][role='status']")?.textContent;
    put(engine, [message(1), message(2, { user_id: mine(engine) })]);
    expect(screen.getByRole("button", { name: /Chat/ }).textContent).toContain("1 new");
    act(() => void vi.advanceTimersByTime(1100));
    expect(polite()).toBe("Ben Hill: message 1");
    put(
      engine,
      [1, 2, 3, 4, 5].map((seq) => message(seq)),
    );
    act(() => void vi.advanceTimersByTime(1500));
    expect(polite()).toBe("Ben Hill: message 1");
    act(() => void vi.advanceTimersByTime(6000));
    expect(polite()).toBe("3 new messages");
    vi.useRealTimers();
    await user.keyboard("c");
    expect(screen.getByRole("tab", { name: "Chat", selected: true })).toBeDefined();
    await user.keyboard("{Escape}");
    expect(screen.getByRole("button", { name: "Chat" }).getAttribute("aria-keyshortcuts")).toBe("C");
  });
});
