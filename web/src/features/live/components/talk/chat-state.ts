/** What this page keeps of the chat beside the messages: how far it was read, and what is being written. */
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";

import { Refused } from "../../../../lib/api";
import type { ChatMessage, ClientEvents } from "../../engine/protocol";
import type { RoomEngine } from "../../engine/room-engine";
import { merged } from "../../engine/talk";
import { useEngine, useRoom } from "../../hooks/use-room";

export type Audience = ChatMessage["to"];

export interface Draft {
  text: string;
  image: string | null;
  to: Audience;
  /** Of the attempt that was not answered; the same words are sent under the same id again. */
  id: string | null;
}

export type SendProblem = { kind: "lost" } | { kind: "refused"; text: string };

/** The recording began or ended after that message. */
export interface Mark {
  began: boolean;
  after: number;
  /** On the server's clock. */
  at: number;
}

export interface ChatPage {
  marks: readonly Mark[];
  open: boolean;
  /** Place of the last message that was there while the chat was open. */
  seen: number;
  /** When the chat was looked at last, or one came in; on the server's clock. */
  lookedAt: number;
  draft: Draft;
  sending: boolean;
  problem: SendProblem | null;
}

const EMPTY: Draft = { text: "", image: null, to: "everyone", id: null };
// One per room, so that a draft outlives the panel and goes with its room.
const pages = new WeakMap<RoomEngine, StoreApi<ChatPage>>();

export const lastSeq = (engine: RoomEngine): number => engine.store.getState().talk.messages.at(-1)?.seq ?? 0;

export const serverNow = (engine: RoomEngine): number =>
  Date.now() + (engine.store.getState().clockOffset ?? 0);

export function chatPage(engine: RoomEngine): StoreApi<ChatPage> {
  const known = pages.get(engine);
  if (known) return known;
  // What was said before one came in is there to read, but not new.
  const page = createStore<ChatPage>(() => ({
    marks: [],
    open: false,
    seen: lastSeq(engine),
    lookedAt: serverNow(engine),
    draft: EMPTY,
    sending: false,
    problem: null,
  }));
  pages.set(engine, page);
  return page;
}

export function useChatPage<T>(select: (page: ChatPage) => T): T {
  return useStore(chatPage(useEngine()), select);
}

/** Called when the chat is opened; what is returned, when it is closed. */
export function lookAtChat(engine: RoomEngine): () => void {
  const page = chatPage(engine);
  page.setState({ open: true, seen: lastSeq(engine) });
  return () => page.setState({ open: false, seen: lastSeq(engine), lookedAt: serverNow(engine) });
}

/** Where the messages begin that came while the chat was not looked at. */
export interface News {
  seq: number;
  /** When one looked last. */
  since: string;
}

/** Asked once, before the chat is looked at: after that everything is seen. */
export function newsOf(engine: RoomEngine): News | null {
  const { seen, lookedAt } = chatPage(engine).getState();
  const { talk, you } = engine.store.getState();
  const first = talk.messages.find((message) => isNews(message, seen, you?.user_id));
  return first ? { seq: first.seq, since: new Date(lookedAt).toISOString() } : null;
}

export const isNews = (message: ChatMessage, after: number, me: string | undefined): boolean =>
  message.seq > after && message.removed_at === null && message.user_id !== me;

export function useUnread(): number {
  const open = useChatPage((page) => page.open);
  const seen = useChatPage((page) => page.seen);
  return useRoom(({ talk, you }) =>
    open ? 0 : talk.messages.filter((message) => isNews(message, seen, you?.user_id)).length,
  );
}

/** Other words are another message, and the last problem was about the old ones. */
export function write(engine: RoomEngine, change: Partial<Draft>): void {
  chatPage(engine).setState(({ draft }) => ({ draft: { ...draft, ...change, id: null }, problem: null }));
}

/** Sends the draft; it stays where it is until the server has it. True when it was said. */
export async function send(engine: RoomEngine, to: Audience): Promise<boolean> {
  const page = chatPage(engine);
  const { draft, sending } = page.getState();
  const text = draft.text.trim();
  if (sending || (!text && !draft.image)) return false;
  const id = draft.id ?? crypto.randomUUID();
  page.setState({ sending: true, problem: null, draft: { ...draft, id } });
  const said: ClientEvents["say"]["ask"] = { id, text, to, ...(draft.image && { image: draft.image }) };
  try {
    heard(engine, await engine.ask("say", said));
    // Who went on writing meanwhile keeps the new words.
    const same = page.getState().draft.id === id;
    page.setState({ sending: false, ...(same && { draft: { ...EMPTY, to: draft.to } }) });
    return true;
  } catch (error) {
    page.setState({ sending: false, problem: problemOf(error) });
    return false;
  }
}

export function problemOf(error: unknown): SendProblem {
  if (!(error instanceof Refused)) return { kind: "lost" };
  const { problem } = error;
  return { kind: "refused", text: problem.errors[0]?.message ?? problem.detail ?? problem.title };
}

/** The server's answer is shown at once; the room hears the same in its own event. */
export function heard(engine: RoomEngine, message: ChatMessage): void {
  engine.store.setState(({ talk }) => ({
    talk: { ...talk, messages: merged(talk.messages, [message]) },
  }));
}
