/** What the list can do to a thing, as elements to be written. Pure but for new ids. */
import type { BoardElement } from "../objects";
import { indexAfter, indexBefore } from "../order";
import { colourOf } from "./colours";
import { GAP, newId, obstacles, pushed, topIndex, withWords } from "./make";
import { withFollowers } from "./move";
import { heldText, sizedText } from "./text";
import type { Thing } from "./things";

type Changed = BoardElement[];

const main = ({ parts }: Thing) => parts[0] as BoardElement;
/** The text that it holds, not one that is a thing by itself. */
const heldBy = ({ parts }: Thing) => parts.find(({ type, containerId }) => type === "text" && containerId);

export const hasGround = ({ kind }: Thing) => ["note", "rectangle", "circle", "diamond"].includes(kind);
export const isPicture = ({ kind }: Thing) => kind === "picture" || kind === "background";
export const hasWords = (thing: Thing) => !isPicture(thing) && !["drawing", "line"].includes(thing.kind);
/** Drawings have a description too. */
export const hasDescription = (thing: Thing) => isPicture(thing) || thing.kind === "drawing";

export function reworded(elements: Changed, thing: Thing, words: string): Changed {
  const [element, held] = [main(thing), heldBy(thing)];
  if (element.type === "text") return withFollowers(elements, [sizedText(element, words)]);
  if (held) return withFollowers(elements, heldText(element, held, words));
  return words ? withFollowers(elements, withWords(element, words, topIndex(elements))) : [];
}

export function described(thing: Thing, alt: string): Changed {
  const data = { ...(main(thing).customData as object), alt };
  return [{ ...main(thing), customData: data }];
}

export function coloured(thing: Thing, hex: string): Changed {
  const key = hasGround(thing) ? "backgroundColor" : "strokeColor";
  return thing.parts.filter((part) => part === main(thing) || part.type === "freedraw").map((part) => ({ ...part, [key]: hex })); // prettier-ignore
}

/** The hex that it has where the choices have one of the same name. */
export function chosenColour(thing: Thing, choices: [string, string][]): string {
  const element = main(thing);
  const hex =
    hasGround(thing) && colourOf(element.backgroundColor) ? element.backgroundColor : element.strokeColor;
  return choices.find(([name]) => name === thing.colour)?.[1] ?? String(hex);
}

export function linked(thing: Thing, link: string | null): Changed {
  return [{ ...main(thing), link }];
}

/** Grown from its middle; letters grow too. */
export function resized(elements: Changed, thing: Thing, by: number): Changed {
  const [x, y] = [thing.box.x + thing.box.width / 2, thing.box.y + thing.box.height / 2];
  const held = heldBy(thing);
  const grown = thing.parts.filter((part) => part !== held).map((part) => scaled(part, by, [x, y]));
  const [holder] = grown;
  if (!held || !holder) return withFollowers(elements, grown);
  const text = { ...held, fontSize: fontSize(held, by) };
  return withFollowers(elements, heldText(holder, text, String(held.originalText ?? held.text)));
}

function fontSize(element: BoardElement, by: number): number {
  return Math.min(400, Math.max(8, Math.round((element.fontSize as number) * by)));
}

function scaled(part: BoardElement, by: number, [x, y]: [number, number]): BoardElement {
  const size = {
    ...part,
    x: x + (part.x - x) * by,
    y: y + (part.y - y) * by,
    width: part.width * by,
    height: part.height * by,
  };
  if (part.type === "text") {
    const text = sizedText({ ...size, fontSize: fontSize(part, by) }, String(part.originalText ?? part.text));
    return { ...text, x: x - text.width / 2, y: y - text.height / 2 };
  }
  if (!Array.isArray(part.points)) return size;
  return { ...size, points: (part.points as [number, number][]).map(([px, py]) => [px * by, py * by]) };
}

export function toFront(elements: Changed, thing: Thing): Changed {
  let index = topIndex(elements);
  return thing.parts.map((part) => {
    const lifted = { ...part, index };
    index = indexAfter(index);
    return lifted;
  });
}

export function toBack(elements: Changed, thing: Thing): Changed {
  const lowest = elements[0]?.index;
  let index: string | null = typeof lowest === "string" ? lowest : null;
  // Behind a background it would not be seen any more.
  const grounds = elements.filter(
    (one) => one.type === "image" && one.locked === true && one !== main(thing),
  );
  return [...grounds, ...thing.parts].reverse().map((part) => {
    index = indexBefore(index);
    return { ...part, index };
  });
}

/** The same again to the right of it, without what was bound to it. */
export function copied(elements: Changed, things: Thing[], thing: Thing): Changed {
  const ids = new Map(thing.parts.map(({ id }) => [id, newId()]));
  const place = pushed({ ...thing.box, x: thing.box.x + thing.box.width + GAP }, obstacles(things), [1, 0]);
  let index = topIndex(elements);
  return thing.parts.map((part) => {
    const bound = ((part.boundElements ?? []) as { id: string }[]).flatMap((one) => {
      const id = ids.get(one.id);
      return id ? [{ ...one, id }] : [];
    });
    const copy = {
      ...structuredClone(part),
      id: ids.get(part.id) as string,
      index,
      x: part.x + place.x - thing.box.x,
      y: part.y + place.y - thing.box.y,
      boundElements: bound,
      locked: false,
      ...("containerId" in part ? { containerId: ids.get(part.containerId as string) ?? null } : {}),
      ...("startBinding" in part ? { startBinding: null, endBinding: null } : {}),
    };
    index = indexAfter(index);
    return copy;
  });
}
