/** Which controls stand in the bar and which are under More. Pure. */

export interface Ranked {
  /** The lowest keep their place the longest. */
  rank: number;
}

/** Widest that a control is drawn where words are short, with the gap after it; in parts of the text size. */
const CONTROL = { least: 92, perRem: 5.4 };

/** How many controls have room beside each other. */
export function slotsFor(width: number, rootFontSize: number, small: boolean): number {
  // On a phone the places are few on purpose: each is large and has its word.
  if (small) return 5;
  return Math.max(5, Math.floor((width - 40) / Math.max(CONTROL.least, CONTROL.perRem * rootFontSize)));
}

/** Those with a place, in their order, and the rest; More itself takes one place of `slots`. */
export function fitted<T extends Ranked>(controls: T[], slots: number): { shown: T[]; rest: T[] } {
  const kept = new Set([...controls].sort((a, b) => a.rank - b.rank).slice(0, Math.max(0, slots - 1)));
  return {
    shown: controls.filter((control) => kept.has(control)),
    rest: controls.filter((control) => !kept.has(control)),
  };
}
