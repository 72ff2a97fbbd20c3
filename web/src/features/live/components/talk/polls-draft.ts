/** A poll that is being made: it stays while another tab is looked at, until it is sent or cancelled. */
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Poll } from "../../engine/protocol";
import type { RoomEngine } from "../../engine/room-engine";
import { useEngine } from "../../hooks/use-room";

export interface PollDraft {
  /** The same id for every try: a poll that is said twice is made once. */
  id: string;
  question: string;
  kind: Poll["kind"];
  options: string[];
  anonymous: boolean;
}

interface Kept {
  /** Null while none is being made. */
  draft: PollDraft | null;
}

// One per room: on a shared tablet nobody finds what another person began.
const drafts = new WeakMap<RoomEngine, StoreApi<Kept>>();

function draftOf(engine: RoomEngine): StoreApi<Kept> {
  const known = drafts.get(engine) ?? createStore<Kept>(() => ({ draft: null }));
  drafts.set(engine, known);
  return known;
}

export function usePollDraft() {
  const kept = draftOf(useEngine());
  const draft = useStore(kept, (now) => now.draft);
  const begin = () =>
    kept.setState({
      draft: {
        id: crypto.randomUUID(),
        question: "",
        kind: "single",
        options: ["", ""],
        anonymous: false,
      },
    });
  const write = (change: Partial<PollDraft>) =>
    kept.setState(({ draft }) => ({ draft: draft && { ...draft, ...change } }));
  // What was sent late must not take away what was begun since.
  const drop = (id: string) => kept.setState((now) => (now.draft?.id === id ? { draft: null } : now));
  return { draft, begin, write, drop };
}
