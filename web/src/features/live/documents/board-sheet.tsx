/** A board to look at. */
import { useCallback } from "react";

import { BoardPicture } from "./board-picture";
import { loadImage } from "./queries";
import type { SheetProps } from "./sheet";
import { useDoc } from "./use-doc";

export default function BoardSheet({ opened, session }: SheetProps) {
  const doc = useDoc(opened);
  const { id } = opened.document;
  const load = useCallback((image: string) => loadImage(session.id, id, image), [session.id, id]);
  return doc && <BoardPicture doc={doc} writers={opened.writers} loadImage={load} />;
}
