/** New things, complete enough for the drawing program, and a free place for them. Pure but for their ids. */
import type { BoardElement } from "../objects";
import { indexAfter } from "../order";
import { ARROW_GAP, tied } from "./arrows";
import { around, bottom, boxOf, type Box, overlap, right } from "./boxes";
import { heldText, sizedText } from "./text";
import type { Thing } from "./things";

export type NewKind = "note" | "text" | "rectangle" | "ellipse" | "diamond" | "arrow" | "line";
export const GAP = 24;

const SIZES: Record<string, [number, number]> = {
  note: [240, 160],
  rectangle: [200, 140],
  ellipse: [180, 180],
  diamond: [200, 200],
};
/** So many places are tried in one direction. */
const TRIES = 200;

export function newId(): string {
  return crypto.randomUUID();
}

function element(type: string, index: string, more: Partial<BoardElement>): BoardElement {
  return { id: newId(), type, x: 0, y: 0, width: 1, height: 1, roughness: 0, index, ...more };
}

export function topIndex(elements: BoardElement[]): string {
  const last = elements.at(-1)?.index;
  return indexAfter(typeof last === "string" ? last : null);
}

/** A note, a text or a shape at 0, 0, with its words: the elements it is made of. */
export function newThing(kind: NewKind, words: string, colour: string, index: string): BoardElement[] {
  if (kind === "text") return [sizedText(newText(index, { strokeColor: colour }), words)];
  const [width, height] = SIZES[kind] ?? [200, 140];
  const holder = element(kind === "note" ? "rectangle" : kind, index, {
    width,
    height,
    backgroundColor: colour,
    strokeColor: kind === "note" ? "transparent" : "#1e1e1e",
    ...(kind === "note" ? { customData: { note: true } } : {}),
  });
  return words === "" ? [holder] : withWords(holder, words, indexAfter(index));
}

function newText(index: string, more: Partial<BoardElement>): BoardElement {
  return element("text", index, { fontSize: 24, fontFamily: 6, lineHeight: 1.25, ...more });
}

/** A holder gets a text of its own. */
export function withWords(holder: BoardElement, words: string, index: string): BoardElement[] {
  const text = newText(index, {
    containerId: holder.id,
    fontSize: 20,
    textAlign: "center",
    verticalAlign: "middle",
    groupIds: holder.groupIds ?? [],
    text: "",
  });
  const bound = [...((holder.boundElements as object[] | undefined) ?? []), { id: text.id, type: "text" }];
  return heldText({ ...holder, boundElements: bound }, text, words);
}

/** An arrow or a line between two things, and the two that know of it. */
export function joined(
  kind: "arrow" | "line",
  from: BoardElement,
  to: BoardElement,
  colour: string,
  index: string,
): BoardElement[] {
  const bindTo = ({ id }: BoardElement) => ({ elementId: id, focus: 0, gap: ARROW_GAP });
  const arrow = element(kind, index, {
    strokeColor: colour,
    points: [[0, 0], [1, 1]], // prettier-ignore
    // The drawing program binds arrows only.
    ...(kind === "arrow"
      ? { startBinding: bindTo(from), endBinding: bindTo(to), endArrowhead: "arrow" }
      : {}),
  });
  const line = tied(arrow, from, to);
  if (kind === "line") return [line];
  const knows = (one: BoardElement) => {
    const bound = (one.boundElements as object[] | undefined) ?? [];
    return { ...one, boundElements: [...bound, { id: line.id, type: "arrow" }] };
  };
  return [line, knows(from), knows(to)];
}

/** Below the last thing, at its side; further down where something stands already. */
export function freePlace(things: Thing[], size: { width: number; height: number }): Box {
  const solid = obstacles(things);
  const last = solid.at(-1);
  const start = last ? { x: last.x, y: bottom(last) + GAP } : { x: 0, y: 0 };
  return pushed({ ...size, ...start }, solid, [0, 1]);
}

/** What nothing new should lie on: everything but backgrounds and what joins. */
export function obstacles(things: Thing[], but?: Thing): Box[] {
  return things
    .filter((one) => one !== but && one.kind !== "background" && one.kind !== "line" && one.kind !== "arrow")
    .map(({ box }) => box);
}

/** Moves a box on in one direction until it lies on nothing. */
export function pushed(box: Box, solid: Box[], [dx, dy]: [number, number]): Box {
  let now = box;
  for (let i = 0; i < TRIES; i += 1) {
    const hit = solid.find((one) => overlap(one, now, GAP / 2));
    if (!hit) return now;
    now = {
      ...now,
      x: dx > 0 ? right(hit) + GAP : dx < 0 ? hit.x - GAP - now.width : now.x,
      y: dy > 0 ? bottom(hit) + GAP : dy < 0 ? hit.y - GAP - now.height : now.y,
    };
  }
  return now;
}

export function shifted(elements: BoardElement[], to: { x: number; y: number }): BoardElement[] {
  const box = around(elements.map(boxOf));
  if (!box) return [];
  const [dx, dy] = [to.x - box.x, to.y - box.y];
  return elements.map((one) => ({ ...one, x: one.x + dx, y: one.y + dy }));
}
