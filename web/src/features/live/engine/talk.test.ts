import { describe, expect, it } from "vitest";
import type { ChatMessage, RoomSnapshot } from "./protocol";
import { lastRev, merged, noTalk, withTalk } from "./talk";

const message = (seq: number, rev = seq, text = `message ${seq}`): ChatMessage => ({
  id: `m${seq}`,
  seq,
  rev,
  user_id: "bob",
  name: "Bob",
  staff: false,
  to: "everyone",
  breakout_id: null,
  text,
  image: false,
  said_at: "2026-11-24T10:36:00Z",
  edited_at: null,
  removed_at: null,
});
const snapshot = (messages: ChatMessage[], more: boolean) =>
  ({
    talk: { chat: { messages, more }, polls: [], my_answers: [], questions: [], my_votes: [] },
  }) as unknown as RoomSnapshot;

describe("the chat of a page", () => {
  it("keeps the order of the conversation, whatever comes first", () => {
    const all = merged([message(3)], [message(1), message(2)]);
    expect(all.map((one) => one.seq)).toEqual([1, 2, 3]);
  });

  it("takes the newer of two states of a message", () => {
    const edited = message(1, 5, "edited");
    expect(merged([edited], [message(1)])).toEqual([edited]);
    expect(merged([message(1)], [edited])).toEqual([edited]);
    expect(lastRev([edited, message(2)], { breakout_id: null })).toBe(5);
  });

  it("keeps what was read before a lost line, and knows whether there is more before it", () => {
    const first = withTalk(noTalk, snapshot([message(3), message(4)], true));
    expect(first.older).toBe(true);
    const read = { ...first, messages: merged(first.messages, [message(1), message(2)]), older: false };
    const back = withTalk(read, snapshot([message(4), message(5)], true));
    expect(back.messages.map((one) => one.seq)).toEqual([1, 2, 3, 4, 5]);
    expect(back.older).toBe(false);
  });

  it("catches up in a room from what was heard there, whatever was said elsewhere meanwhile", () => {
    const elsewhere: ChatMessage = { ...message(90), breakout_id: "room1" };
    const toHosts: ChatMessage = { ...message(95), to: "hosts" };
    const you = (breakout_id: string | null) => ({ breakout_id }) as RoomSnapshot["you"];
    expect(lastRev([message(4), elsewhere, toHosts], you(null))).toBe(4);
    expect(lastRev([message(4), elsewhere, toHosts], you("room1"))).toBe(90);
  });
});
