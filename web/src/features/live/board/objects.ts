/**
 * The things on a board, in its Yjs document: a map "elements" from ids to maps of the properties of an Excalidraw
 * element that differ from the defaults, so that two people who change different properties of one thing both keep what
 * they did. What is read is not trusted: what is not sound is as if it were not there.
 */
import * as Y from "yjs";

import { isId, KINDS, same } from "./properties";
import { codeOf, LONGEST_STROKE } from "./strokes";

export interface BoardElement {
  id: string;
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  [key: string]: unknown;
}

type Stored = Y.Map<unknown>;
type Changes = Y.YEvent<Y.AbstractType<unknown>>[];

/** What was written within this many milliseconds is taken back together. */
const TOGETHER = 500;

export class Board {
  /** Takes back only what was written through this board. */
  readonly undo: Y.UndoManager;
  readonly #map: Y.Map<unknown>;
  readonly #known = new Map<string, BoardElement>();
  #order: BoardElement[] = [];
  /** Changed since it was last read. */
  readonly #stale = new Set<string>();

  constructor(doc: Y.Doc) {
    this.#map = doc.getMap("elements");
    this.undo = new Y.UndoManager(this.#map, { trackedOrigins: new Set([this]), captureTimeout: TOGETHER });
    for (const id of this.#map.keys()) this.#stale.add(id);
    this.#map.observeDeep((events: Changes) => idsOf(events).forEach((id) => this.#stale.add(id)));
  }

  /** In the order in which they are drawn. The same array until something changes; not to be changed. */
  elements(): BoardElement[] {
    this.#refresh();
    return this.#order;
  }

  element(id: string): BoardElement | null {
    this.#refresh();
    return this.#known.get(id) ?? null;
  }

  /** Writes what differs; properties that are not named stay, what is not sound is not written. */
  put(elements: BoardElement[]): void {
    this.#write(() => {
      for (const element of elements) this.#put(element);
    });
  }

  remove(ids: string[]): void {
    this.#write(() => {
      for (const id of ids) if (this.#map.has(id)) this.#map.delete(id);
    });
  }

  /** The Yjs client id that made it. Whose that is, the server says. */
  authorOf(id: string): number | null {
    const stored = this.#map.get(id);
    return (stored instanceof Y.Map && stored._item?.id.client) || null;
  }

  /** `mine`: written by `put` or `remove` of this board, and not by undo, by redo or by others. */
  observe(hear: (ids: Set<string>, mine: boolean) => void): () => void {
    const listen = (events: Changes, transaction: Y.Transaction) => {
      const ids = idsOf(events);
      if (ids.size > 0) hear(ids, transaction.origin === this);
    };
    this.#map.observeDeep(listen);
    return () => this.#map.unobserveDeep(listen);
  }

  #write(write: () => void): void {
    this.#map.doc?.transact(write, this);
  }

  #put(element: BoardElement): void {
    const kind = KINDS.get(element.type);
    if (!kind || !isId(element.id)) return;
    const stored = this.#map.get(element.id);
    if (stored instanceof Y.Map) return writeInto(stored, element);
    // Of what could not be read again, nothing is written.
    if (!kind.needed.every((key) => kind.checks[key]?.(element[key]) !== undefined)) return;
    const fresh: Stored = new Y.Map();
    this.#map.set(element.id, fresh);
    writeInto(fresh, element);
  }

  #refresh(): void {
    if (this.#stale.size === 0) return;
    const order = this.#order.filter(({ id }) => !this.#stale.has(id));
    const fresh: BoardElement[] = [];
    for (const id of this.#stale) {
      const element = isId(id) ? readStored(id, this.#map.get(id)) : null;
      if (element) {
        this.#known.set(id, element);
        fresh.push(element);
      } else this.#known.delete(id);
    }
    this.#stale.clear();
    this.#order = merged(order, fresh.sort(byOrder));
  }
}

function idsOf(events: Changes): Set<string> {
  const ids = new Set<string>();
  for (const event of events) {
    const [id] = event.path;
    const changed = id === undefined ? event.changes.keys.keys() : [id];
    // What lies in the map as in a list, another page has put there.
    for (const one of changed) if (typeof one === "string") ids.add(one);
  }
  return ids;
}

function writeInto(stored: Stored, element: BoardElement): void {
  const kind = KINDS.get(element.type);
  if (!kind) return;
  if (stored.get("type") !== element.type) stored.set("type", element.type);
  for (const [key, check] of Object.entries(kind.checks)) {
    if (!(key in element)) continue;
    const value = element[key] === undefined ? undefined : check(element[key]);
    if (value === undefined && element[key] !== undefined) continue;
    const plain = key === "originalText" ? element.text : kind.defaults[key];
    if (value === undefined || same(value, plain)) {
      if (stored.has(key) && !kind.needed.includes(key)) stored.delete(key);
    } else writeProperty(stored, element.type, key, value);
  }
}

function writeProperty(stored: Stored, type: string, key: string, value: unknown): void {
  const code = codeOf(type, key);
  if (code) growInto(stored, key, code.write(value as unknown[]));
  else if (!same(stored.get(key), value)) stored.set(key, value);
}

/** Appends what is new; a list that changed otherwise is written anew. */
function growInto(stored: Stored, key: string, numbers: number[]): void {
  const before = stored.get(key);
  const old: unknown[] = before instanceof Y.Array ? before.toArray() : [];
  if (before instanceof Y.Array && old.every((number, at) => number === numbers[at])) {
    if (numbers.length > old.length) before.push(numbers.slice(old.length));
  } else stored.set(key, Y.Array.from(numbers));
}

function readStored(id: string, stored: unknown): BoardElement | null {
  if (!(stored instanceof Y.Map)) return null;
  const type: unknown = stored.get("type");
  return sound(id, (key) => {
    const value: unknown = stored.get(key);
    const code = codeOf(type, key);
    if (!code || value === undefined) return value;
    // Not a list, or an endless one: something that no check takes.
    return value instanceof Y.Array && value.length <= LONGEST_STROKE
      ? (code.read(value.toArray()) ?? null)
      : null;
  });
}

/** The whole thing with its defaults; null: there is something in it that cannot be. */
function sound(id: string, get: (key: string) => unknown): BoardElement | null {
  const type = get("type");
  const kind = KINDS.get(type);
  if (!kind) return null;
  const element: Record<string, unknown> = { ...structuredClone(kind.defaults), id, type };
  for (const [key, check] of Object.entries(kind.checks)) {
    const raw = get(key);
    const value = raw === undefined ? undefined : check(raw);
    if (value !== undefined) element[key] = value;
    else if (raw !== undefined || kind.needed.includes(key)) return null;
  }
  if (type === "text") element.originalText ??= element.text;
  return element as BoardElement;
}

function byOrder(a: BoardElement, b: BoardElement): number {
  const [first, second] = [orderOf(a), orderOf(b)];
  if (first !== second) return first < second ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function orderOf({ index }: BoardElement): string {
  return typeof index === "string" ? index : "";
}

/** Of two lists in order; few are put into many. */
function merged(many: BoardElement[], few: BoardElement[]): BoardElement[] {
  const all: BoardElement[] = [];
  let at = 0;
  for (const one of few) {
    for (let next = many[at]; next && byOrder(next, one) < 0; next = many[(at += 1)]) all.push(next);
    all.push(one);
  }
  return all.concat(many.slice(at));
}
