/** A stand-in for the server's side of documents, and pages that have one open. For tests only. */
import * as Y from "yjs";

import { Refused } from "../../../lib/api";
import { fromBase64, toBase64 } from "./bytes";
import type { Ask } from "./conversation";
import { refusal } from "./fakes";
import { LineLost } from "./line";
import type { ClientEvents, DocumentView, DocumentWriter, ServerEvents } from "./protocol";
import { SharedDocument } from "./shared-document";

type Said<E extends keyof ClientEvents> = ClientEvents[E]["ask"];

export const view = (change: Partial<DocumentView> = {}): DocumentView => ({
  id: "notes",
  kind: "notes",
  title: "Notes",
  breakout_id: null,
  created_at: "2026-11-24T10:30:00Z",
  made_by: "Ben",
  ...change,
});

/** One document, kept as the server keeps it. */
export class FakePaper {
  readonly doc = new Y.Doc();
  readonly pages: FakePage[] = [];
  readonly writers = new Map<number, DocumentWriter>();
  seq = 0;
  /** How the next thing that is written ends: not heard, heard without an answer, or refused with a status. */
  next: ("lost" | "unanswered" | number)[] = [];
  nextOpening: ("unanswered" | number)[] = [];
  /** Packs what it answers to who opens. */
  pack: ((bytes: Uint8Array) => Uint8Array) | null = null;

  page(name: string): FakePage {
    const page = new FakePage(name, this);
    this.pages.push(page);
    return page;
  }

  open(page: FakePage, { state }: Said<"open_document">): ClientEvents["open_document"]["answer"] {
    const end = this.nextOpening.shift();
    if (typeof end === "number") throw new Refused(refusal("no", end));
    page.reads = true;
    const whole = Y.encodeStateAsUpdate(this.doc, state ? fromBase64(state) : undefined);
    const answer = {
      document: view(),
      seq: this.seq,
      update: toBase64(this.pack?.(whole) ?? whole),
      deflated: this.pack !== null,
      state: toBase64(Y.encodeStateVector(this.doc)),
      writers: [...this.writers.values()],
    };
    if (end) throw new LineLost("open_document");
    return answer;
  }

  write(page: FakePage, { update }: Said<"write_document">): ClientEvents["write_document"]["answer"] {
    const end = this.next.shift();
    if (typeof end === "number") throw new Refused(refusal("no", end));
    if (end === "lost") throw new LineLost("write_document");
    const bytes = fromBase64(update);
    const before = Y.encodeStateAsUpdate(this.doc);
    Y.applyUpdate(this.doc, bytes);
    // As the real one: what builds on something that was never written is not taken.
    if (this.doc.store.pendingStructs || this.doc.store.pendingDs)
      throw new Error("it builds on what is not here");
    const clients = [...Y.decodeUpdate(bytes).structs.map((struct) => struct.id.client)];
    const writers = [...new Set(clients)].map((client) => ({
      client,
      name: page.name,
      user_id: `user of ${page.name}`,
    }));
    for (const writer of writers) this.writers.set(writer.client, writer);
    if (!same(before, Y.encodeStateAsUpdate(this.doc))) {
      this.seq += 1;
      this.tell("written", { document_id: "notes", seq: this.seq, update, writers });
    }
    if (end === "unanswered") throw new LineLost("write_document");
    return { seq: this.seq };
  }

  point(page: FakePage, { state }: Said<"point_at">): void {
    this.tell("pointing", { document_id: "notes", pointers: [{ seat_id: page.name, state: state ?? null }] });
  }

  tell<E extends "written" | "pointing">(event: E, said: ServerEvents[E]): void {
    for (const page of this.pages) if (page.reads && page.line) page.hear(event, said);
  }
}

/** A page with the document open; `name` is its seat. */
export class FakePage {
  line = true;
  reads = false;
  /** Events that do not arrive. */
  deaf = false;
  readonly asked: { event: keyof ClientEvents; said: unknown }[] = [];
  readonly shared: SharedDocument;

  constructor(
    readonly name: string,
    private readonly paper: FakePaper,
  ) {
    this.shared = new SharedDocument("notes", ((event, said) => this.#ask(event, said)) as Ask);
    void this.shared.open();
  }

  get doc(): Y.Doc {
    return this.shared.doc;
  }

  get state() {
    return this.shared.store.getState();
  }

  drop(): void {
    this.line = false;
    this.reads = false;
    this.shared.away();
  }

  back(): void {
    this.line = true;
    void this.shared.open();
  }

  heard(event: keyof ClientEvents): unknown[] {
    return this.asked.filter((one) => one.event === event).map((one) => one.said);
  }

  hear<E extends "written" | "pointing">(event: E, said: ServerEvents[E]): void {
    if (this.deaf) return;
    if (event === "written") this.shared.hear(said as ServerEvents["written"]);
    else this.shared.hearPointers(said as ServerEvents["pointing"]);
  }

  async #ask(event: keyof ClientEvents, said: unknown): Promise<unknown> {
    if (!this.line) throw new LineLost(event);
    this.asked.push({ event, said });
    await Promise.resolve();
    if (!this.line) throw new LineLost(event);
    if (event === "open_document") return this.paper.open(this, said as Said<"open_document">);
    if (event === "write_document") return this.paper.write(this, said as Said<"write_document">);
    if (event === "point_at") this.paper.point(this, said as Said<"point_at">);
    if (event === "close_document") this.reads = false;
    return {};
  }
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
