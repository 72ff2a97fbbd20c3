/**
 * A copy of a document for who only reads. An editor mends what it cannot show, and that mending would be written; in a
 * copy it stays on the page.
 */
import * as Y from "yjs";

export class Copy {
  readonly doc = new Y.Doc();
  readonly #take = (update: Uint8Array) => Y.applyUpdate(this.doc, update);

  constructor(private readonly of: Y.Doc) {
    this.#take(Y.encodeStateAsUpdate(of));
  }

  /** Until the returned function is called. */
  follow(): () => void {
    this.#take(Y.encodeStateAsUpdate(this.of));
    this.of.on("update", this.#take);
    return () => this.of.off("update", this.#take);
  }
}
