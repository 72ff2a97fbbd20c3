/** The board as a list, in the place of the panel: one of them is open at a time. */
import { lazy, Suspense, useCallback, useState } from "react";
import { createPortal } from "react-dom";
import type { BoardListProps } from "./list/board-list";

const BoardList = lazy(() => import("./list/board-list").then(({ BoardList: list }) => ({ default: list })));

/** The panel beside the stage. */
export interface Side {
  isOpen: boolean;
  close: () => void;
  place: () => HTMLElement | null;
}

export function useSideList(side: Side | undefined) {
  const [open, setOpen] = useState(false);
  // Whoever opens a tab of the panel has it in the list's place.
  if (open && side?.isOpen) setOpen(false);
  const toggle = () => {
    side?.close();
    setOpen(!open);
  };
  const close = useCallback(() => {
    setOpen(false);
    side?.place()?.querySelector<HTMLElement>("[data-opens='board-list']")?.focus();
  }, [side]);
  return { open, toggle, close };
}

export function SideList({ side, ...props }: BoardListProps & { side: Side }) {
  const place = side.place();
  if (!place) return null;
  return createPortal(
    <Suspense>
      <BoardList {...props} />
    </Suspense>,
    place,
  );
}
