/** Pages of a PDF as pictures. Loaded only when somebody brings a PDF; its worker comes from our own server. */
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import worker from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

import { encoded, PictureRefused, type Shrunk } from "./pictures";

GlobalWorkerOptions.workerPort = null;
GlobalWorkerOptions.workerSrc = worker;

export const MOST_PAGES = 20;
const MOST_BYTES = 50 * 1024 * 1024;
const WIDEST = 1600;

export async function openPdf(file: Blob): Promise<PDFDocumentProxy> {
  if (file.size > MOST_BYTES) throw new PictureRefused("large");
  try {
    // No programs of the PDF are run, and nothing of it is compiled.
    return await getDocument({ data: await file.arrayBuffer(), enableXfa: false }).promise;
  } catch {
    throw new PictureRefused("broken");
  }
}

export async function pageAsPicture(pdf: PDFDocumentProxy, number: number): Promise<Shrunk> {
  const page = await pdf.getPage(number);
  try {
    const natural = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: WIDEST / Math.max(natural.width, natural.height) });
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(viewport.width);
    canvas.height = Math.ceil(viewport.height);
    await page.render({ canvas, viewport, background: "#ffffff" }).promise;
    return await encoded(canvas, canvas.width, canvas.height);
  } finally {
    page.cleanup();
  }
}
