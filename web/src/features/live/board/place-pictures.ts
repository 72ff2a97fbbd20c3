/** Sends pictures to the server and puts them on the board. */
import type { Ask } from "../engine/conversation";
import type { Drawing } from "./kinds";
import { add, freePlace, newId } from "./make";
import type { Shrunk } from "./pictures";

type AddFiles = Parameters<Drawing["addFiles"]>[0];

export interface Placing {
  alt: string;
  /** At the back, and not to be moved. */
  isBackground: boolean;
}

const WIDEST = 640;
const GAP = 24;

/** Under each other, all as wide as the first. */
export async function placePictures(
  { ask, id: document_id }: { ask: Ask; id: string },
  drawing: Drawing,
  pictures: AsyncIterable<Shrunk & Placing>,
): Promise<void> {
  let y: number | null = null;
  let x = 0;
  for await (const picture of pictures) {
    const id = crypto.randomUUID();
    await ask("add_image", { document_id, id, image: picture.image });
    show(drawing, id, picture.image);
    const scale = Math.min(1, WIDEST / picture.width);
    const [width, height] = [picture.width * scale, picture.height * scale];
    if (y === null) ({ x, y } = freePlace(drawing, width, height));
    const place = { x, y };
    y += height + GAP;
    add(drawing, [element(id, place, { width, height }, picture)], picture.isBackground);
  }
}

function element(
  fileId: string,
  place: { x: number; y: number },
  size: { width: number; height: number },
  { alt, isBackground }: Placing,
) {
  return {
    type: "image" as const,
    id: newId(),
    ...place,
    ...size,
    fileId: fileId as never,
    status: "saved" as const,
    locked: isBackground,
    customData: { alt },
  };
}

/** Gives the drawing program the picture of a `fileId`. */
export function show(drawing: Drawing, id: string, image: string): void {
  const mimeType = /^data:(image\/(?:png|jpeg|webp|gif));base64,/.exec(image)?.[1];
  if (!mimeType) return;
  drawing.addFiles([{ id, dataURL: image, mimeType, created: Date.now() }] as unknown as AddFiles);
}
