/** Things on a board, in words: for the list, for what is announced, and for the board as a text. */
import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";

import { COLOUR_WORDS } from "./colours";
import type { Part, Place, Side } from "./places";
import type { Thing } from "./things";

/** Who made it, as the server says. */
export type AuthorName = (client: number | null) => { name: string; you: boolean } | null;

const LONGEST = 80;

/** "Yellow note", with a great letter. */
export function kindWords(thing: Thing): string {
  const words = plainKind(thing);
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

function plainKind({ kind, colour: name }: Thing): string {
  const colour = name ? i18n._(COLOUR_WORDS[name]) : "";
  switch (kind) {
    case "note":
      return colour ? t`${colour} note` : t`note`;
    case "title":
      return t`title`;
    case "text":
      return t`text`;
    case "rectangle":
      return colour ? t`${colour} rectangle` : t`rectangle`;
    case "circle":
      return colour ? t`${colour} circle` : t`circle`;
    case "diamond":
      return colour ? t`${colour} diamond` : t`diamond`;
    case "line":
      return colour ? t`${colour} line` : t`line`;
    case "arrow":
      return colour ? t`${colour} arrow` : t`arrow`;
    case "drawing":
      return colour ? t`${colour} drawing` : t`drawing`;
    case "picture":
      return t`picture`;
    case "background":
      return t`background picture`;
  }
}

function short(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const letters = [...line];
  return letters.length > LONGEST
    ? `${letters
        .slice(0, LONGEST - 1)
        .join("")
        .trimEnd()}…`
    : line;
}

/** In the middle of a sentence: “A big sun!”, or "the picture". */
export function mention(thing: Thing | undefined): string {
  if (!thing) return t`something`;
  if (thing.text) {
    const text = short(thing.text);
    return t`“${text}”`;
  }
  const what = plainKind(thing);
  return t`the ${what}`;
}

type Find = (id: string) => Thing | undefined;

/** Its own words, or a made name. */
export function headline(thing: Thing, find: Find): string {
  if (thing.text) return short(thing.text);
  return joinWords(thing, find) ?? kindWords(thing);
}

function joinWords({ kind, from, to }: Thing, find: Find): string | null {
  if (from === null && to === null) return null;
  const [start, end] = [mention(find(from ?? "")), mention(find(to ?? ""))];
  if (kind === "line") return from !== null && to !== null ? t`Line between ${start} and ${end}` : null;
  if (from === null) return t`Arrow to ${end}`;
  return to === null ? t`Arrow from ${start}` : t`Arrow from ${start} to ${end}`;
}

/** "Yellow note, by Tom." */
export function byline(thing: Thing, nameOf: AuthorName): string {
  const what = kindWords(thing);
  const author = nameOf(thing.author);
  if (!author) return what;
  return author.you ? t`${what}, by you` : t`${what}, by ${author.name}`;
}

export function partWords(part: Part): string {
  switch (part) {
    case "top-left":
      return t`Upper left`;
    case "top":
      return t`Top`;
    case "top-right":
      return t`Upper right`;
    case "left":
      return t`Left`;
    case "middle":
      return t`In the middle`;
    case "right":
      return t`Right`;
    case "bottom-left":
      return t`Lower left`;
    case "bottom":
      return t`Bottom`;
    case "bottom-right":
      return t`Lower right`;
  }
}

export function sideWords(side: Side, other: string): string {
  switch (side) {
    case "right":
      return t`to the right of ${other}`;
    case "left":
      return t`to the left of ${other}`;
    case "above":
      return t`above ${other}`;
    case "below":
      return t`below ${other}`;
    case "inside":
      return t`inside ${other}`;
  }
}

/** "Upper left, to the right of “A big sun!”" */
export function placeWords(place: Place | undefined, find: Find): string {
  const part = place?.part ? partWords(place.part) : "";
  const beside = place?.beside ? sideWords(place.beside.side, mention(find(place.beside.id))) : "";
  if (part && beside) return t`${part}, ${beside}`;
  return part || beside.charAt(0).toLocaleUpperCase() + beside.slice(1);
}

/** What a note is joined to by arrows from it. */
export function pointsAt(thing: Thing, things: Thing[], find: Find): string {
  const ends = things
    .filter(({ kind, from, to }) => kind === "arrow" && from === thing.id && to !== null)
    .map(({ to }) => mention(find(to ?? "")));
  if (ends.length === 0) return "";
  const all = new Intl.ListFormat(i18n.locale, { type: "conjunction" }).format(ends);
  return t`Points at ${all}.`;
}
