/**
 * The large picture in a small window over all others: a window with controls where the browser has those, else the bare
 * picture, else nothing is offered.
 */
import { useCallback, useEffect, useState } from "react";

interface DocumentPip extends EventTarget {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

const documentPip = () => (window as { documentPictureInPicture?: DocumentPip }).documentPictureInPicture;

export type PipKind = "window" | "video";

export function pipKind(): PipKind | null {
  if (documentPip()) return "window";
  return document.pictureInPictureEnabled ? "video" : null;
}

export interface Pip {
  kind: PipKind | null;
  open: boolean;
  /** Where to draw, once the small window is there. */
  window: Window | null;
  toggle: () => void;
  close: () => void;
}

export function usePip(): Pip {
  const [kind] = useState(pipKind);
  const [open, setOpen] = useState(false);
  const [small, setSmall] = useState<Window | null>(null);
  const close = useCallback(() => {
    small?.close();
    setSmall(null);
    setOpen(false);
  }, [small]);
  const start = async () => {
    if (kind === "video") return setOpen(true);
    const opened = await documentPip()?.requestWindow({ width: 400, height: 300 });
    if (!opened) return;
    copyLook(opened);
    opened.addEventListener("pagehide", () => {
      setSmall(null);
      setOpen(false);
    });
    setSmall(opened);
    setOpen(true);
  };
  // A refusal (no press, no memory) leaves everything as it is.
  const toggle = () => (open ? close() : void start().catch(() => setOpen(false)));
  useEffect(() => () => small?.close(), [small]);
  return { kind, open, window: small, toggle, close };
}

/** The small window is a page of its own and begins without styles, language and text size. */
function copyLook(opened: Window): void {
  const [from, to] = [document.documentElement, opened.document.documentElement];
  for (const { name, value } of from.attributes) to.setAttribute(name, value);
  for (const sheet of document.querySelectorAll("link[rel='stylesheet'], style"))
    opened.document.head.append(sheet.cloneNode(true));
  opened.document.title = document.title;
}
