/** Whether the people panel is open, and whether somebody pressed for it: only then does it take the focus. */
import { type RefObject, useCallback, useState } from "react";

interface Panel {
  open: boolean;
  pressed: boolean;
  toggle: () => void;
  close: () => void;
}

export function usePanel(root: RefObject<HTMLElement | null>, openAtFirst: boolean): Panel {
  const [wish, setWish] = useState<boolean | null>(null);
  const open = wish ?? openAtFirst;
  const close = useCallback(() => {
    const inside = document.activeElement?.closest(".lr-panel");
    setWish(false);
    // The panel is about to go; the focus goes back to the button that opens it.
    if (inside) root.current?.querySelector<HTMLElement>("[data-opens='people']")?.focus();
  }, [root]);
  const toggle = useCallback(() => (open ? close() : setWish(true)), [open, close]);
  return { open, pressed: wish === true, toggle, close };
}
