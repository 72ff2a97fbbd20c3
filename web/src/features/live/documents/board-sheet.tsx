/** A board to look at. */
import { useCallback, useMemo } from "react";

import { useAccount } from "../../../lib/account";
import { Board } from "../board/objects";
import { BoardPicture } from "./board-picture";
import { loadImage } from "./queries";
import type { SheetProps } from "./sheet";
import { useDoc } from "./use-doc";

export default function BoardSheet({ opened, session }: SheetProps) {
  const doc = useDoc(opened);
  const { id } = opened.document;
  const me = useAccount((state) => state.me?.id);
  const load = useCallback((image: string) => loadImage(session.id, id, image), [session.id, id]);
  const board = useMemo(() => doc && new Board(doc), [doc]);
  const authorOf = useCallback((thing: string) => board?.authorOf(thing) ?? null, [board]);
  const nameOf = useCallback(
    (client: number | null) => {
      const writer = opened.writers.find((one) => one.client === client);
      return writer ? { name: writer.name, you: writer.user_id === me } : null;
    },
    [opened.writers, me],
  );
  if (!board) return null;
  const elements = board.elements();
  return <BoardPicture {...{ elements, authorOf, nameOf }} loadImage={load} words="shown" />;
}
