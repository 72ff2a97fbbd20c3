/** New things on the board: notes, text, pictures. Each in the middle of what is seen, and beside what lies there. */
import { convertToExcalidrawElements } from "./excalidraw";
import type { Drawing, DrawingState, Drawn } from "./kinds";
import { changed } from "./same";

type Skeleton = NonNullable<Parameters<typeof convertToExcalidrawElements>[0]>[number];

export function middle(state: DrawingState): { x: number; y: number } {
  const zoom = state.zoom.value;
  return {
    x: state.width / 2 / zoom - state.scrollX,
    y: state.height / 2 / zoom - state.scrollY,
  };
}

/** A place for a thing of this size where nothing begins yet. */
export function freePlace(drawing: Drawing, width: number, height: number): { x: number; y: number } {
  const at = middle(drawing.getAppState());
  const place = { x: Math.round(at.x - width / 2), y: Math.round(at.y - height / 2) };
  const taken = () =>
    drawing
      .getSceneElements()
      .some((one) => Math.abs(one.x - place.x) < 12 && Math.abs(one.y - place.y) < 12);
  while (taken()) {
    place.x += 28;
    place.y += 28;
  }
  return place;
}

/** Puts them on top, and selects the first. */
export function add(drawing: Drawing, skeletons: Skeleton[], atBack = false): Drawn[] {
  const made = convertToExcalidrawElements(skeletons, { regenerateIds: false }) as Drawn[];
  const before = drawing.getSceneElementsIncludingDeleted();
  const first = made[0];
  drawing.updateScene({
    elements: atBack ? [...made, ...before] : [...before, ...made],
    appState: { selectedElementIds: first && !first.locked ? { [first.id]: true } : {} },
  });
  return made;
}

const NOTE = { width: 200, height: 140 };

export function addNote(drawing: Drawing, paper: string): void {
  const place = freePlace(drawing, NOTE.width, NOTE.height);
  drawing.setActiveTool({ type: "selection" });
  add(drawing, [
    {
      type: "rectangle",
      id: newId(),
      ...place,
      ...NOTE,
      backgroundColor: paper,
      strokeColor: "transparent",
      fillStyle: "solid",
      strokeWidth: 2,
      roughness: 0,
      customData: { note: true },
    },
  ]);
}

export function addText(drawing: Drawing, text: string): void {
  const { currentItemFontFamily: fontFamily, currentItemStrokeColor: strokeColor } = drawing.getAppState();
  const place = freePlace(drawing, 300, 40);
  add(drawing, [{ type: "text", id: newId(), text, ...place, fontSize: 24, fontFamily, strokeColor }]);
}

/** Marks one thing, and brings it into view where it is not. */
export function select(drawing: Drawing, id: string | null): void {
  drawing.updateScene({
    appState: { selectedElementIds: id ? { [id]: true } : {} } as unknown as DrawingState,
  });
  const element = drawing.getSceneElements().find((one) => one.id === id);
  const { scrollX, scrollY, width, height, zoom } = drawing.getAppState();
  if (!element) return;
  const left = (element.x + scrollX) * zoom.value;
  const top = (element.y + scrollY) * zoom.value;
  const isSeen = left >= 0 && top >= 0 && left < width - 40 && top < height - 40;
  if (!isSeen) drawing.scrollToContent(element, { fitToContent: true, animate: false });
}

export const newId = () => crypto.randomUUID();

/** Gives what is selected another look, and whatever is drawn from now on. */
export function restyle(
  drawing: Drawing,
  next: Partial<DrawingState>,
  of: (one: Drawn) => object | null,
): void {
  const { selectedElementIds: chosen } = drawing.getAppState();
  const elements = drawing.getSceneElementsIncludingDeleted().map((one) => {
    const inChosen = one.type === "text" && one.containerId ? chosen[one.containerId] : chosen[one.id];
    const change = inChosen && !one.isDeleted && !one.locked ? of(one) : null;
    return change ? changed(one as Drawn, change as Record<string, unknown>) : one;
  });
  drawing.updateScene({ elements, appState: next as DrawingState });
}
