/** Whether two drawn things look the same. Pure. */
import type { Drawn } from "./kinds";

/** Of one canvas only; never in the document. */
const VOLATILE = new Set(["version", "versionNonce", "updated", "seed", "isDeleted"]);

export function isSame(one: Drawn, other: Drawn, withIndex: boolean): boolean {
  const [a, b] = [one, other] as unknown as Record<string, unknown>[];
  if (!a || !b) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) {
    if (VOLATILE.has(key) || (key === "index" && !withIndex)) continue;
    if (!equal(a[key], b[key])) return false;
  }
  return true;
}

function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  // Nothing, said in several ways.
  if (isNothing(a) && isNothing(b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [ka, kb] = [Object.keys(a), Object.keys(b)];
  if (ka.length !== kb.length) return false;
  return ka.every((key) => equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

const isNothing = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** What belongs into the document. */
export function plain(element: Drawn): Record<string, unknown> & { id: string } {
  const entries = Object.entries(element).filter(([key, value]) => !VOLATILE.has(key) && value !== undefined);
  return Object.fromEntries(entries) as Record<string, unknown> & { id: string };
}

/** Only what this person changed since the canvas and the document were the same: the rest may be newer there. */
export function difference(now: Drawn, before: Drawn): Record<string, unknown> & { id: string } {
  const old = before as unknown as Record<string, unknown>;
  const entries = Object.entries(plain(now)).filter(
    ([key, value]) => key === "id" || key === "type" || !equal(value, old[key]),
  );
  return Object.fromEntries(entries) as Record<string, unknown> & { id: string };
}

/** A change that the canvas notices. */
export function changed<T extends Drawn>(element: T, change: Partial<Record<string, unknown>>): T {
  return { ...element, ...change, version: element.version + 1, versionNonce: nonce(), updated: Date.now() };
}

export const nonce = () => Math.floor(Math.random() * 2 ** 31);
