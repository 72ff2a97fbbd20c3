/** Things of a board as Excalidraw draws them. */
import { restoreElements } from "./excalidraw";
import type { Drawn } from "./kinds";
import type { BoardElement } from "./objects";
import { mayDrawType, mayOpen } from "./safe";

/** What was written by anybody, made whole and harmless; null for what cannot be drawn. */
export function complete(element: BoardElement): Drawn | null {
  if (!mayDrawType(element.type)) return null;
  try {
    const [whole] = restoreElements(
      [{ ...element, seed: 1, version: 1, versionNonce: 1 } as unknown as Drawn],
      null,
    );
    if (!whole || whole.isDeleted) return null;
    return { ...whole, link: mayOpen(whole.link) ? whole.link : null };
  } catch {
    return null;
  }
}
