/** A board as a picture on the page, where nobody draws on it. */
import { complete } from "./complete";
import { exportToCanvas } from "./excalidraw";
import type { BoardElement } from "./objects";

const PAPER = "#fffefa";
const LONGEST = 3000;

/** `images`: data URLs by the ids of pictures on the board; a picture that is not there yet is left white. */
export async function print(
  elements: BoardElement[],
  images: Record<string, string>,
): Promise<HTMLCanvasElement> {
  const files = Object.entries(images).map(([id, dataURL]) => {
    const mimeType = dataURL.slice("data:".length, dataURL.indexOf(";"));
    return [id, { id, dataURL, mimeType, created: 0 }];
  });
  return (exportToCanvas as (wish: object) => Promise<HTMLCanvasElement>)({
    elements: elements.map(complete).filter((element) => element !== null),
    files: Object.fromEntries(files) as object,
    appState: { exportBackground: true, viewBackgroundColor: PAPER },
    exportPadding: 32,
    getDimensions: (width: number, height: number) => {
      const scale = Math.min(2, LONGEST / Math.max(width, height));
      return { width: width * scale, height: height * scale, scale };
    },
  });
}
