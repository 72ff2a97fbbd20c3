/** Who writes just now: whose hand is in what came from the server in the last seconds. */
import type * as Y from "yjs";

import type { DocumentWriter } from "../engine/protocol";
import type { SharedDocument } from "../engine/shared-document";

/** Who pauses to think still writes. */
export const STILL = 5_000;

/** Calls back with the others' names whenever they change; gives back how to stop. */
export function watchWriting(
  shared: SharedDocument,
  doc: Y.Doc,
  me: string | undefined,
  show: (names: string[]) => void,
): () => void {
  const until = new Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>();
  const tell = () => show([...until.values()].map((one) => one.name));
  const saw = ({ user_id, name }: DocumentWriter) => {
    if (user_id === me) return;
    const known = until.get(user_id);
    clearTimeout(known?.timer);
    const timer = setTimeout(() => {
      until.delete(user_id);
      tell();
    }, STILL);
    until.set(user_id, { name, timer });
    if (!known) tell();
  };
  const look = (tr: Y.Transaction) => {
    // What was written before the page looked is no news.
    if (tr.local || shared.store.getState().phase !== "open") return;
    const { writers } = shared.store.getState();
    for (const [client, clock] of tr.afterState) {
      const writer = writers[client];
      if (writer && clock > (tr.beforeState.get(client) ?? 0)) saw(writer);
    }
  };
  doc.on("afterTransaction", look);
  return () => {
    doc.off("afterTransaction", look);
    for (const { timer } of until.values()) clearTimeout(timer);
  };
}

/** Says that somebody began to write, each person at most once a minute and all together at most every ten seconds. */
export class WritingNews {
  readonly #said = new Map<string, number>();
  #last = -Infinity;

  constructor(private readonly now: () => number = () => Date.now()) {}

  /** The names to say now. */
  next(writing: string[]): string[] {
    const now = this.now();
    if (now - this.#last < 10_000) return [];
    const fresh = writing.filter((name) => now - (this.#said.get(name) ?? -Infinity) >= 60_000);
    for (const name of fresh) this.#said.set(name, now);
    if (fresh.length > 0) this.#last = now;
    return fresh;
  }
}
