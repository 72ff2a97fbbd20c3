/** The boards and notes of the room one is in: which there are, and those that are open on this page. */
import type { Ask } from "./conversation";
import type { DocumentId, DocumentView, ServerEvents } from "./protocol";
import type { SharedDocument } from "./shared-document";
import type { RoomStore } from "./state";

type Heard = "documents" | "written" | "pointing";

interface Open {
  shared: SharedDocument;
  /** How many places of the page show it. */
  users: number;
}

export class Documents {
  readonly #open = new Map<DocumentId, Open>();

  constructor(
    private readonly store: RoomStore,
    private readonly ask: Ask,
  ) {}

  readonly ears: { [K in Heard]: (heard: ServerEvents[K]) => void } = {
    documents: ({ documents }) => this.store.setState({ documents }),
    written: (written) => this.#open.get(written.document_id)?.shared.hear(written),
    pointing: (pointing) => this.#open.get(pointing.document_id)?.shared.hearPointers(pointing),
  };

  /** After a snapshot: what is open here is opened there, where the line had fallen. */
  reopen(): void {
    for (const { shared } of this.#open.values()) {
      if (shared.store.getState().phase === "away") void shared.open();
    }
  }

  /** The line fell. */
  away(): void {
    for (const { shared } of this.#open.values()) shared.away();
  }

  /** The document, for as long as it is shown: who asks for it gives it back with `close`. */
  async open(id: DocumentId): Promise<SharedDocument> {
    // Yjs comes with the first document and not with the room.
    const { SharedDocument } = await import("./shared-document");
    const known = this.#open.get(id);
    if (known) {
      known.users += 1;
      return known.shared;
    }
    const shared = new SharedDocument(id, this.ask);
    this.#open.set(id, { shared, users: 1 });
    shared.store.subscribe(() => this.#letGo(id));
    void shared.open();
    return shared;
  }

  close(id: DocumentId): void {
    const known = this.#open.get(id);
    if (!known) return;
    known.users -= 1;
    this.#letGo(id);
  }

  /** What nobody looks at any more is closed as soon as all of it is saved. */
  #letGo(id: DocumentId): void {
    const known = this.#open.get(id);
    if (!known || known.users > 0) return;
    const { unsaved, phase } = known.shared.store.getState();
    if (unsaved && phase !== "gone") return;
    this.#open.delete(id);
    known.shared.close();
  }

  /** Makes a document; with `first` only where the room has none of its kind. Rejects with `Refused`. */
  async make(kind: DocumentView["kind"], title: string, first = false): Promise<DocumentView> {
    return this.ask("make_document", { id: crypto.randomUUID(), kind, title, first });
  }
}
