/** How large a text is, how it breaks in what holds it, and how what holds it grows with it. */
import type { BoardElement } from "../objects";

const PADDING = 5;
const FAMILY: Record<number, string> = { 6: "Nunito", 5: "Excalifont" };
/** How much of its width and height a shape has for its text. */
const ROOM: Record<string, number> = { ellipse: Math.SQRT1_2, diamond: 0.5 };

export type Measure = (text: string, fontSize: number, fontFamily: number) => number;

let canvas: CanvasRenderingContext2D | null | undefined;

/** The width of a line; an estimate where nothing can be measured. */
export const measure: Measure = (text, fontSize, fontFamily) => {
  canvas ??=
    typeof OffscreenCanvas === "undefined" ? null : document.createElement("canvas").getContext("2d");
  if (!canvas) return [...text].length * fontSize * 0.55;
  canvas.font = `${fontSize}px ${FAMILY[fontFamily] ?? "Nunito"}, sans-serif`;
  return canvas.measureText(text).width;
};

/** Text in lines that are not wider; a word that is wider alone is broken. */
export function wrapped(text: string, width: number, widthOf: (text: string) => number): string {
  return text
    .split("\n")
    .map((line) => wrapLine(line, width, widthOf))
    .join("\n");
}

function wrapLine(line: string, width: number, widthOf: (text: string) => number): string {
  const lines: string[] = [];
  let now = "";
  for (const word of line.split(" ").flatMap((one) => broken(one, width, widthOf))) {
    const longer = now === "" ? word : `${now} ${word}`;
    if (now !== "" && widthOf(longer) > width) {
      lines.push(now);
      now = word;
    } else now = longer;
  }
  return [...lines, now].join("\n");
}

function broken(word: string, width: number, widthOf: (text: string) => number): string[] {
  if (widthOf(word) <= width) return [word];
  const pieces: string[] = [];
  let now = "";
  for (const letter of word) {
    if (now !== "" && widthOf(now + letter) > width) {
      pieces.push(now);
      now = "";
    }
    now += letter;
  }
  return [...pieces, now];
}

/** A text that stands alone, with these words. */
export function sizedText(element: BoardElement, words: string): BoardElement {
  const { width, height } = sizeOf(element, words);
  return { ...element, text: words, originalText: words, autoResize: true, width, height };
}

function sizeOf(element: BoardElement, text: string) {
  const [size, family] = [element.fontSize as number, element.fontFamily as number];
  const lines = text.split("\n");
  return {
    width: Math.max(1, ...lines.map((line) => measure(line, size, family))),
    height: lines.length * size * (element.lineHeight as number),
  };
}

/** What holds a text, and the text in its middle; it grows where the text needs more. */
export function heldText(holder: BoardElement, text: BoardElement, words: string): BoardElement[] {
  if (holder.type === "arrow" || holder.type === "line") return [holder, onLine(holder, text, words)];
  const share = ROOM[holder.type] ?? 1;
  const room = Math.max(20, holder.width * share - 2 * PADDING);
  const size = text.fontSize as number;
  const lines = wrapped(words, room, (line) => measure(line, size, text.fontFamily as number));
  const { width, height } = sizeOf(text, lines);
  const grown = { ...holder, height: Math.max(holder.height, (height + 2 * PADDING) / share) };
  const placed = {
    ...text,
    text: lines,
    originalText: words,
    width: Math.min(width, room),
    height,
    x: grown.x + (grown.width - Math.min(width, room)) / 2,
    y: grown.y + (grown.height - height) / 2,
    angle: holder.angle,
  };
  return [grown, placed];
}

function onLine(line: BoardElement, text: BoardElement, words: string): BoardElement {
  const sized = sizedText(text, words);
  const points = line.points as [number, number][];
  const [[ax, ay], [bx, by]] = [points[0] ?? [0, 0], points.at(-1) ?? [0, 0]];
  const [x, y] = [line.x + (ax + bx) / 2, line.y + (ay + by) / 2];
  return { ...sized, x: x - sized.width / 2, y: y - sized.height / 2 };
}
