/** What is said in the class in writing: lines that are kept, and drafts of what is being said. Pure. */
import type { CaptionDraft, CaptionLine, RoomSnapshot } from "./protocol";

/** The captions as this page knows them. */
export interface CaptionsState {
  /** The breakout room they are of; null is the main room. */
  place: string | null;
  /** In the order in which they were said. */
  lines: CaptionLine[];
  /** There are older ones on the server. */
  older: boolean;
  /** What is being said, in the order in which it began. */
  drafts: HeardDraft[];
  /** When this page first heard of a line, in its own milliseconds. Lines of the past are not in it. */
  heardAt: Record<string, number>;
}

/** A draft, and when this page heard its newest words. */
export interface HeardDraft extends CaptionDraft {
  at: number;
}

export const noCaptions: CaptionsState = { place: null, lines: [], older: false, drafts: [], heardAt: {} };

/** A draft of which nothing more is heard is forgotten after so many milliseconds: its page is gone. */
export const DRAFT_KEPT = 15_000;

/** The snapshot has the newest lines of the room one is in; those of another room are not for here. */
export function withCaptions(before: CaptionsState, { captions, you }: RoomSnapshot): CaptionsState {
  const place = you.breakout_id;
  if (before.place !== place) return { ...noCaptions, place, lines: captions.lines, older: captions.more };
  const lines = mergedLines(before.lines, captions.lines);
  const grew = before.lines.length > 0 && lines[0]?.seq === before.lines[0]?.seq;
  return { ...before, lines, older: grew ? before.older : captions.more };
}

/** New and corrected lines that were just told; their drafts are done. */
export function withLines(state: CaptionsState, heard: CaptionLine[], now: number): CaptionsState {
  const here = heard.filter((line) => line.breakout_id === state.place);
  const ids = new Set(here.map((line) => line.id));
  const known = new Set(state.lines.map((line) => line.id));
  const fresh = here.filter((line) => !known.has(line.id)).map((line) => [line.id, now] as const);
  return {
    ...state,
    lines: mergedLines(state.lines, here),
    drafts: state.drafts.filter((draft) => !ids.has(draft.id)),
    heardAt: { ...state.heardAt, ...Object.fromEntries(fresh) },
  };
}

/** The newest words of drafts. One whose line is here, and one without words, is none any more. */
export function withDrafts(state: CaptionsState, heard: CaptionDraft[], now: number): CaptionsState {
  const done = new Set(state.lines.map((line) => line.id));
  const alive = state.drafts.filter((draft) => now - draft.at < DRAFT_KEPT);
  const drafts = new Map(alive.map((draft) => [draft.id, draft]));
  for (const draft of heard) {
    if (draft.text === "" || done.has(draft.id)) drafts.delete(draft.id);
    else drafts.set(draft.id, { ...draft, at: now });
  }
  return { ...state, drafts: [...drafts.values()] };
}

/** An older state of a line does not replace a newer one. */
export function mergedLines(known: CaptionLine[], heard: CaptionLine[]): CaptionLine[] {
  const byId = new Map(known.map((line) => [line.id, line]));
  for (const line of heard) {
    const before = byId.get(line.id);
    if (!before || before.rev <= line.rev) byId.set(line.id, line);
  }
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

/** The number to catch up from. */
export const lastLineRev = (lines: CaptionLine[]): number =>
  lines.reduce((last, line) => Math.max(last, line.rev), 0);

/** What stands under the picture: lines that are as new as the pace wants, and what is being said. */
export interface ShownCaption {
  id: string;
  /** Null where a service does not say who speaks. */
  user_id: string | null;
  name: string;
  text: string;
  language: string | null;
}

/** At most so many entries; more than that no strip can hold. */
const SHOWN = 6;

export function shownCaptions(
  { lines, drafts, heardAt }: CaptionsState,
  staysFor: number,
  now: number,
): ShownCaption[] {
  const fresh = lines.filter((line) => now - (heardAt[line.id] ?? -Infinity) < staysFor);
  const alive = drafts.filter((draft) => now - draft.at < DRAFT_KEPT);
  return [...fresh, ...alive]
    .slice(-SHOWN)
    .map(({ id, user_id, name, text, language }) => ({ id, user_id, name, text, language }));
}
