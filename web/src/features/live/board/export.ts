/** The whole board as a file on this device. */
import { exportToBlob } from "./excalidraw";
import type { Drawing } from "./kinds";
import { pdfOf } from "./pdf-file";

const PAPER = "#fffefa";
const LONGEST = 6000;

export async function saveBoard(drawing: Drawing, title: string, kind: "png" | "pdf"): Promise<void> {
  const blob = kind === "png" ? await picture(drawing, "image/png") : await page(drawing, title);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName(title, kind);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function picture(drawing: Drawing, mimeType: string): Promise<Blob> {
  return (exportToBlob as (wish: object) => Promise<Blob>)({
    elements: drawing.getSceneElements(),
    files: drawing.getFiles(),
    appState: { exportBackground: true, viewBackgroundColor: PAPER },
    exportPadding: 32,
    mimeType,
    quality: 0.92,
    getDimensions: (width: number, height: number) => {
      const scale = Math.min(2, LONGEST / Math.max(width, height));
      return { width: width * scale, height: height * scale, scale };
    },
  });
}

async function page(drawing: Drawing, title: string): Promise<Blob> {
  const jpeg = await picture(drawing, "image/jpeg");
  const bitmap = await createImageBitmap(jpeg);
  const { width, height } = bitmap;
  bitmap.close();
  return pdfOf(new Uint8Array(await jpeg.arrayBuffer()), width, height, title);
}

/** A title may hold what a file's name may not. Pure. */
export function fileName(title: string, kind: string): string {
  const name = [...title]
    .map((letter) => (letter < " " || '\\/:*?"<>|'.includes(letter) ? " " : letter))
    .join("")
    .replace(/\s+/g, " ")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  return `${name.slice(0, 80) || "board"}.${kind}`;
}
