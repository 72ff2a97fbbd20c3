/**
 * The canvas and the document, kept the same. What this person changes is put into the document about ten times a second,
 * while they draw too; what others change comes onto the canvas, but never under this person's hand. After quiet the
 * canvas is what the document says, whatever happened before.
 */
import { type Hand, heldBy, isUnfinished } from "./held";
import type { Drawn } from "./kinds";
import type { Board, BoardElement } from "./objects";
import { difference, isSame, nonce, plain } from "./same";

/** What the binding needs of the canvas. */
export interface Canvas {
  /** In drawing order; removed ones too. */
  all(): readonly Drawn[];
  hand(): Hand;
  show(elements: readonly Drawn[]): void;
  /** An element with all it may leave out; null for what cannot be drawn. */
  complete(element: BoardElement): Drawn | null;
}

const EVERY = 100;
const QUIET = 600;

export class Binding {
  /** What is on the canvas, as it was when the document had the same. A copy: the canvas changes its own in place. */
  readonly #seen = new Map<string, Drawn>();
  /** What the document says, ready to be drawn. */
  readonly #wanted = new Map<string, Drawn>();
  readonly #deaf: () => void;
  #mayWrite = true;
  #behind = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #pulling = false;
  #stopped = false;

  constructor(
    readonly board: Board,
    private readonly canvas: Canvas,
  ) {
    this.#deaf = board.observe((ids, mine) => {
      for (const id of ids) this.#want(id, board.element(id));
      if (mine) this.#settle();
      else this.#pullSoon();
    });
    this.#readAll();
    this.pull();
  }

  stop(): void {
    this.flush();
    this.#stopped = true;
    this.#deaf();
    clearTimeout(this.#timer);
    clearTimeout(this.#quiet);
  }

  allow(mayWrite: boolean): void {
    this.#mayWrite = mayWrite;
    this.#settle();
  }

  /** The canvas changed, by this person or by itself. */
  changed(): void {
    if (this.#timer || this.#pulling || this.#stopped) return;
    this.#timer = setTimeout(() => this.flush(), EVERY);
  }

  /** Nothing waits any longer. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#stopped) return;
    if (this.#behind) this.pull();
    else this.#push();
  }

  /** A press begins: whatever comes of it is one step to take back. */
  begin(): void {
    this.flush();
    this.board.undo.stopCapturing();
    this.board.undo.captureTimeout = Number.MAX_SAFE_INTEGER;
  }

  end(): void {
    this.flush();
    this.board.undo.captureTimeout = EVERY * 5;
    this.board.undo.stopCapturing();
  }

  undo(): void {
    this.flush();
    this.board.undo.undo();
    this.pull();
  }

  redo(): void {
    this.flush();
    this.board.undo.redo();
    this.pull();
  }

  /** Brings the canvas to what the document says, but for what is held. */
  pull(): void {
    this.#push();
    const all = this.canvas.all();
    const held = heldBy(this.canvas.hand(), all);
    const { next, isNew } = this.#merged(all, held);
    if (!isNew) return;
    this.#pulling = true;
    try {
      // Before the canvas has them: a repair that it makes by itself is not a change by this person.
      this.canvas.show(next);
      for (const element of this.canvas.all()) {
        if (!held.has(element.id)) this.#seen.set(element.id, { ...element });
      }
    } finally {
      this.#pulling = false;
    }
  }

  #merged(all: readonly Drawn[], held: Set<string>): { next: Drawn[]; isNew: boolean } {
    const rest = new Map(all.filter((one) => !one.isDeleted).map((one) => [one.id, one]));
    const before = [...rest.keys()];
    const wanted = inOrder([...this.#wanted.values()]);
    const withIndex = isStrictlyOrdered(wanted);
    this.#behind = false;
    let isNew = false;
    const next = wanted.map((whole) => {
      const here = rest.get(whole.id);
      rest.delete(whole.id);
      if (here && isSame(here, whole, withIndex)) return here;
      if (here && held.has(whole.id)) {
        this.#behind = true;
        return here;
      }
      isNew = true;
      return asNew(whole, here);
    });
    const hand = this.canvas.hand();
    for (const here of rest.values()) {
      const stays = held.has(here.id) || isUnfinished(here, hand);
      if (stays) next.push(here);
      else isNew = true;
      this.#behind ||= stays;
    }
    isNew ||= next.some((one, at) => one.id !== before[at]);
    return { next, isNew };
  }

  /** Puts what this person changed into the document. */
  #push(): void {
    if (!this.#mayWrite) return;
    const all = this.canvas.all();
    const hand = this.canvas.hand();
    const put: BoardElement[] = [];
    const gone: string[] = [];
    for (const element of all) {
      const before = this.#seen.get(element.id);
      if (before?.versionNonce === element.versionNonce) continue;
      if (!element.isDeleted && isUnfinished(element, hand)) continue;
      this.#seen.set(element.id, { ...element });
      const isThere = before && this.board.element(element.id);
      const change = isThere ? difference(element, before) : plain(element);
      if (!element.isDeleted) put.push(change as BoardElement);
      else if (this.#wanted.has(element.id)) gone.push(element.id);
    }
    const whole = put.some((one) => "index" in one && this.#wanted.get(one.id)?.index !== one.index)
      ? [...put, ...this.#moved(all, put)]
      : put;
    if (whole.length > 0) this.board.put(whole);
    if (gone.length > 0) this.board.remove(gone);
  }

  /** Where the order changed, all that stands elsewhere now: the document's order is then the one that was seen. */
  #moved(all: readonly Drawn[], put: BoardElement[]): BoardElement[] {
    const known = new Set(put.map(({ id }) => id));
    return all
      .filter((one) => !one.isDeleted && !known.has(one.id))
      .filter((one) => {
        const wanted = this.#wanted.get(one.id);
        return wanted && wanted.index !== one.index;
      })
      .flatMap((one) => {
        const stored = this.board.element(one.id);
        return stored ? [{ ...stored, index: one.index }] : [];
      });
  }

  #want(id: string, element: BoardElement | null): void {
    const whole = element && this.canvas.complete(element);
    if (whole) this.#wanted.set(id, whole);
    else this.#wanted.delete(id);
  }

  #readAll(): void {
    const gone = new Set(this.#wanted.keys());
    for (const element of this.board.elements()) {
      gone.delete(element.id);
      this.#want(element.id, element);
    }
    gone.forEach((id) => this.#wanted.delete(id));
  }

  /** Many updates that come together are drawn once. */
  #pullSoon(): void {
    this.#behind = true;
    if (!this.#timer && !this.#stopped) this.#timer = setTimeout(() => this.flush(), 16);
    this.#settle();
  }

  /** After quiet everything is compared: nothing that was overlooked stays. */
  #settle(): void {
    clearTimeout(this.#quiet);
    if (this.#stopped) return;
    this.#quiet = setTimeout(() => {
      this.#readAll();
      this.pull();
      if (this.#behind) this.#settle();
    }, QUIET);
  }
}

function asNew(whole: Drawn, here: Drawn | undefined): Drawn {
  return {
    ...whole,
    seed: here?.seed ?? 1,
    version: (here?.version ?? 0) + 1,
    versionNonce: nonce(),
    updated: Date.now(),
    isDeleted: false,
  };
}

/** As the document orders: by index, then by id. */
export function inOrder(elements: Drawn[]): Drawn[] {
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return elements.sort((a, b) => compare(a.index ?? "", b.index ?? "") || compare(a.id, b.id));
}

/** With two in the same place, the canvas gives one of them another index: such an order is not compared by it. */
function isStrictlyOrdered(elements: Drawn[]): boolean {
  return elements.every(({ index }, at) => at === 0 || (elements[at - 1]?.index ?? "") < (index ?? ""));
}
