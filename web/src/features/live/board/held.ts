/** What this person has in hand just now: it stays as it is on their canvas until they let go. Pure. */
import type { Drawn, DrawingState } from "./kinds";

export type Hand = Pick<
  DrawingState,
  | "editingTextElement"
  | "newElement"
  | "multiElement"
  | "resizingElement"
  | "editingLinearElement"
  | "croppingElementId"
  | "selectedElementIds"
  | "selectedElementsAreBeingDragged"
  | "isResizing"
  | "isRotating"
  | "cursorButton"
>;

export function heldBy(hand: Hand, elements: readonly Drawn[]): Set<string> {
  const held = new Set<string>();
  for (const one of [hand.editingTextElement, hand.newElement, hand.multiElement, hand.resizingElement]) {
    if (one) held.add(one.id);
  }
  if (hand.editingLinearElement) held.add(hand.editingLinearElement.elementId);
  if (hand.croppingElementId) held.add(hand.croppingElementId);
  const moves = hand.selectedElementsAreBeingDragged || hand.isResizing || hand.isRotating;
  if (moves || hand.cursorButton === "down") {
    for (const id of Object.keys(hand.selectedElementIds)) held.add(id);
  }
  return held.size === 0 ? held : withBound(held, elements);
}

/** Text moves with its container, and arrows with what they point at. */
function withBound(held: Set<string>, elements: readonly Drawn[]): Set<string> {
  const all = new Set(held);
  for (const element of elements) {
    if (held.has(element.id)) element.boundElements?.forEach(({ id }) => all.add(id));
    if (element.type === "text" && element.containerId && held.has(element.id)) all.add(element.containerId);
  }
  return all;
}

/** Not a thing yet: a text without a word, a shape of which only the first corner is set. */
export function isUnfinished(element: Drawn, hand: Hand): boolean {
  if (element.type === "text") return element.originalText.trim() === "" && element.text.trim() === "";
  if (hand.newElement?.id !== element.id && hand.multiElement?.id !== element.id) return false;
  if (element.type === "freedraw") return element.points.length < 2;
  return Math.abs(element.width) < 2 && Math.abs(element.height) < 2;
}
