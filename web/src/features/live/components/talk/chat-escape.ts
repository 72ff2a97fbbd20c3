/** Escape inside an element closes that alone, and not the panel around it. */
import { type RefObject, useEffect } from "react";

export function useOwnEscape(element: RefObject<HTMLElement | null>, close: () => void): void {
  useEffect(() => {
    const node = element.current;
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.stopPropagation();
      close();
    };
    node?.addEventListener("keydown", press);
    return () => node?.removeEventListener("keydown", press);
  }, [element, close]);
}
