/** The things of a board as the list shows them, always as they are now. */
import { useLingui } from "@lingui/react";
import { useCallback, useDeferredValue, useMemo, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { SharedDocument } from "../../engine/shared-document";
import { useRoom } from "../../hooks/use-room";
import type { Board } from "../objects";
import type { AuthorName } from "./describe";
import { allThings, type Things } from "./all-things";

export function useThings(shared: SharedDocument, board: Board): Things {
  const now = useSyncExternalStore(
    useCallback((changed: () => void) => board.observe(changed), [board]),
    () => board.elements(),
  );
  // A stroke that somebody draws changes the board ten times a second: keys and presses come first.
  const elements = useDeferredValue(now);
  const nameOf = useNames(shared);
  const { i18n } = useLingui();
  return useMemo(() => {
    return allThings(elements, (id) => board.authorOf(id), nameOf);
    // Another language may be read from the other side.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [elements, board, nameOf, i18n.locale]);
}

/** Who made something, as the server knows it: what the document says of it may be anything. */
function useNames(shared: SharedDocument): AuthorName {
  const writers = useStore(shared.store, (state) => state.writers);
  const you = useRoom((state) => state.you?.user_id);
  return useCallback(
    (client) => {
      const writer = client === null ? undefined : writers[client];
      return writer ? { name: writer.name, you: writer.user_id === you } : null;
    },
    [writers, you],
  );
}
