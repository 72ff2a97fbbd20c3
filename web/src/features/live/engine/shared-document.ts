/**
 * A document that the class writes together, kept the same as the server's: a Yjs document, its writers, and where the
 * others are in it. What is written here goes out ten times a second; after a lost line the page and the server tell
 * each other what the other one lacks.
 */
import * as Y from "yjs";
import { createStore, type StoreApi } from "zustand/vanilla";

import type { Problem } from "../../../contract/types";
import { Refused } from "../../../lib/api";
import type { Ask } from "./conversation";
import type {
  ClientEvents,
  DocumentId,
  DocumentView,
  DocumentWriter,
  SeatId,
  ServerEvents,
} from "./protocol";
import { fromBase64, inflated, toBase64 } from "./bytes";

/** What a screen needs to know of it. */
export interface DocumentState {
  /** Another one after a refusal: what could not be written is then gone from the screen too. */
  doc: Y.Doc;
  about: DocumentView | null;
  phase: "opening" | "open" | "away" | "gone";
  /** Something of mine does not stand on the server yet. */
  unsaved: boolean;
  /** Why the last thing written was not taken. */
  problem: Problem | null;
  /** By Yjs client ids. */
  writers: Record<number, DocumentWriter>;
  pointers: Record<SeatId, string>;
}

const SERVER = Symbol("from the server");
const EVERY = 100;
const AGAIN = 1000;

export class SharedDocument {
  readonly store: StoreApi<DocumentState>;
  #seq = 0;
  #unsent: Uint8Array[] = [];
  #sending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pointer: { state: string | null; told: string | null } = { state: null, told: null };
  #pointerTimer: ReturnType<typeof setTimeout> | undefined;
  /** Rises with every opening; an answer to an older one is not for this document any more. */
  #opening = 0;
  /** False while it is being opened: what is told meanwhile waits. */
  #inStep = false;
  #heard: ServerEvents["written"][] = [];
  #closed = false;

  constructor(
    readonly id: DocumentId,
    private readonly ask: Ask,
  ) {
    this.store = createStore<DocumentState>(() => ({
      doc: this.#fresh(),
      about: null,
      phase: "opening",
      unsaved: false,
      problem: null,
      writers: {},
      pointers: {},
    }));
  }

  get doc(): Y.Doc {
    return this.store.getState().doc;
  }

  /** After every connect: each side tells what the other one lacks. */
  async open(): Promise<void> {
    if (this.#closed) return;
    const opening = (this.#opening += 1);
    this.#inStep = false;
    try {
      const opened = await this.ask("open_document", {
        document_id: this.id,
        state: toBase64(Y.encodeStateVector(this.doc)),
      });
      const update = fromBase64(opened.update);
      const whole = opened.deflated ? await inflated(update) : update;
      if (opening !== this.#opening || this.#closed) return;
      this.#take(opened, whole);
    } catch (error) {
      // Where the line fell this opening is over already: the next connect opens it.
      if (opening !== this.#opening || this.#closed) return;
      if (error instanceof Refused && !isForNow(error.problem)) {
        this.store.setState({ phase: "gone", problem: error.problem });
      } else this.#openSoon(opening);
    }
  }

  /** The line fell: who was where is not known any more. */
  away(): void {
    this.#opening += 1;
    this.#inStep = false;
    this.#heard = [];
    if (this.store.getState().phase !== "gone") this.store.setState({ phase: "away", pointers: {} });
  }

  /** For good. What is not saved then is lost: who closes it waits for that. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#pointerTimer);
    void this.ask("close_document", { document_id: this.id }).catch(() => undefined);
  }

  hear(written: ServerEvents["written"]): void {
    if (!this.#inStep) return void this.#heard.push(written);
    // It was in what was opened.
    if (written.seq <= this.#seq) return;
    if (written.seq !== this.#seq + 1) return void this.open();
    this.#seq = written.seq;
    // The names first: who draws what is written looks them up.
    this.store.setState(({ writers }) => ({ writers: { ...writers, ...byClient(written.writers) } }));
    Y.applyUpdate(this.doc, fromBase64(written.update), SERVER);
  }

  hearPointers({ pointers }: ServerEvents["pointing"]): void {
    this.store.setState((state) => {
      const now = { ...state.pointers };
      for (const { seat_id, state: said } of pointers) {
        if (said === null) delete now[seat_id];
        else now[seat_id] = said;
      }
      return { pointers: now };
    });
  }

  /** Tells the others where I am, at most ten times a second; null: not here. */
  point(state: string | null): void {
    this.#pointer.state = state;
    this.#pointSoon();
  }

  /** The sentence was read. */
  forgetProblem(): void {
    this.store.setState({ problem: null });
  }

  #take(opened: ClientEvents["open_document"]["answer"], update: Uint8Array): void {
    const doc = this.doc;
    this.#seq = opened.seq;
    this.#inStep = true;
    Y.applyUpdate(doc, update, SERVER);
    this.#pointer.told = null;
    this.store.setState({ about: opened.document, phase: "open", writers: byClient(opened.writers) });
    const heard = this.#heard;
    this.#heard = [];
    for (const written of heard) this.hear(written);
    // What was written while the line was down, and what was on its way when it fell.
    this.#unsent = this.store.getState().unsaved
      ? [Y.encodeStateAsUpdate(doc, fromBase64(opened.state))]
      : [];
    this.#sendSoon(0);
    this.#pointSoon();
  }

  #openSoon(opening: number): void {
    setTimeout(() => {
      if (opening === this.#opening) void this.open();
    }, AGAIN);
  }

  #fresh(): Y.Doc {
    const doc = new Y.Doc();
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      // A screen may still write into the one that was replaced.
      if (origin === SERVER || doc !== this.doc) return;
      this.#unsent.push(update);
      this.store.setState({ unsaved: true });
      this.#sendSoon(EVERY);
    });
    return doc;
  }

  #sendSoon(wait: number): void {
    if (this.#timer || this.#sending || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#send();
    }, wait);
  }

  async #send(): Promise<void> {
    if (this.store.getState().phase !== "open") return;
    if (this.#unsent.length === 0) {
      this.store.setState({ unsaved: false });
      return;
    }
    const update = Y.mergeUpdates(this.#unsent);
    this.#unsent = [];
    this.#sending = true;
    let wait = EVERY;
    try {
      await this.ask("write_document", { document_id: this.id, update: toBase64(update) });
    } catch (error) {
      if (!(error instanceof Refused)) return this.#lost();
      if (isForNow(error.problem)) {
        this.#unsent.unshift(update);
        wait = AGAIN;
      } else return this.#refused(error.problem);
    } finally {
      this.#sending = false;
    }
    this.#sendSoon(wait);
  }

  /** Without an answer it may stand or not: opening again finds out. Where the line fell the next connect does that. */
  #lost(): void {
    if (this.store.getState().phase !== "open") return;
    this.away();
    void this.open();
  }

  /** What the server does not take is taken from the screen: the document as it stands is read anew. */
  #refused(problem: Problem): void {
    this.#unsent = [];
    this.store.setState({ doc: this.#fresh(), unsaved: false, problem, phase: "opening" });
    void this.open();
  }

  #pointSoon(): void {
    if (this.#pointerTimer || this.#closed || this.#pointer.state === this.#pointer.told) return;
    this.#pointerTimer = setTimeout(() => {
      this.#pointerTimer = undefined;
      if (this.store.getState().phase !== "open") return;
      const { state } = this.#pointer;
      this.#pointer.told = state;
      void this.ask("point_at", { document_id: this.id, state }).catch(() => undefined);
      this.#pointSoon();
    }, EVERY);
  }
}

/** Too much at once, or the server stops just now. */
function isForNow({ status }: Problem): boolean {
  return status === 429 || status === 503;
}

function byClient(writers: DocumentWriter[]): Record<number, DocumentWriter> {
  return Object.fromEntries(writers.map((writer) => [writer.client, writer]));
}
