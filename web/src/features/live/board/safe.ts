/** What a board may not do, whoever wrote it. Pure. */

/** Only pages of the web are opened from a board. */
export function mayOpen(link: string | null | undefined): link is string {
  if (!link) return false;
  try {
    return ["http:", "https:"].includes(new URL(link).protocol);
  } catch {
    return false;
  }
}

const DRAWN = new Set(["rectangle", "ellipse", "diamond", "line", "arrow", "freedraw", "text", "image"]);

/** Pages inside a board, frames and what is not known are never drawn. */
export function mayDrawType(type: string): boolean {
  return DRAWN.has(type);
}
