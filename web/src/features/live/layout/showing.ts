/** What the large place shows beside people: a screen, a board or notes. What came last leads; each person may look away. Pure. */
import type { DocumentId, DocumentView } from "../engine/protocol";

/** What a person chose by themselves: somebody's screen (people, while there is none), a document; null: what everybody is shown. */
export type Choice = { on: "screen" } | { on: "document"; id: DocumentId } | null;

/** What there is to be seen. */
export interface There {
  /** Somebody's screen. */
  sharing: boolean;
  /** The document that a host brought onto everybody's stage. */
  shown: DocumentId | null;
}

export interface Looked extends There {
  choice: Choice;
  /** What was looked at when a host brought a document. */
  before: Choice;
}

/** A document brought to everybody, or a screen that begins, is what everybody should see; its end goes back. */
export function follow(looked: Looked, { sharing, shown }: There): Looked {
  const { choice, before } = looked;
  const next = { choice, before, sharing, shown };
  if (shown !== looked.shown) {
    if (shown === null) return { ...next, choice: choice ?? before, before: null };
    return { ...next, choice: null, before: looked.shown === null ? choice : before };
  }
  if (sharing && !looked.sharing) return { ...next, choice: { on: "screen" } };
  if (!sharing && looked.sharing && choice?.on === "screen") return { ...next, choice: null };
  return next;
}

/** The document that is to be seen now. One that is not in this room, or was removed, is not. */
export function onStageNow(
  { choice, shown }: Pick<Looked, "choice" | "shown">,
  documents: DocumentView[],
): DocumentView | null {
  const id = choice === null ? shown : choice.on === "document" ? choice.id : null;
  return documents.find((document) => document.id === id) ?? null;
}
