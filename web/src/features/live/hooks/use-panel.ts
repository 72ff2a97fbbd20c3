/** Which tab of the panel is open, and whether somebody pressed for it: only then does it take the focus. */
import { type RefObject, useCallback, useState } from "react";
import type { TabId } from "../components/tabs";

interface Panel {
  open: TabId | null;
  pressed: boolean;
  toggle: (id: TabId) => void;
  show: (id: TabId) => void;
  close: () => void;
}

export function usePanel(root: RefObject<HTMLElement | null>, openAtFirst: TabId | null): Panel {
  const [wish, setWish] = useState<{ tab: TabId | null } | null>(null);
  const open = wish ? wish.tab : openAtFirst;
  const close = useCallback(() => {
    const inside = document.activeElement?.closest(".lr-panel");
    setWish({ tab: null });
    // The panel is about to go; the focus goes back to the control that opens it, or to More where that one is inside.
    const opener = (name: string | null) =>
      root.current?.querySelector<HTMLElement>(`[data-opens='${name}']`);
    if (inside) (opener(open) ?? opener("more"))?.focus();
  }, [root, open]);
  const show = useCallback((tab: TabId) => setWish({ tab }), []);
  const toggle = useCallback((tab: TabId) => (open === tab ? close() : show(tab)), [open, close, show]);
  return { open, pressed: wish !== null && wish.tab !== null, toggle, show, close };
}
