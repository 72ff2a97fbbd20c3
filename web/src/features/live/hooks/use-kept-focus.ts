/** When the focused person's tile goes away, the focus goes to where they are drawn now, else to the tile in its place. */
import { type RefObject, useEffect } from "react";

const PRESS = ".lr-tile-press";

export function useKeptFocus(stage: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const tiles = () => [...element.querySelectorAll<HTMLElement>(PRESS)];
    let last: { seat: string; at: number } | null = null;
    const remember = ({ target }: FocusEvent) => {
      const seat = seatOf(target);
      last = seat === null ? null : { seat, at: tiles().indexOf(target as HTMLElement) };
    };
    // Going elsewhere on purpose has a new place to go to; a removed tile has none, and a dialog comes back here.
    const forget = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Element && !relatedTarget.closest("dialog")) last = null;
    };
    const observer = new MutationObserver(() => {
      if (!last || document.activeElement !== document.body) return;
      const now = tiles();
      (tileOf(last.seat, element) ?? now[Math.min(last.at, now.length - 1)])?.focus();
    });
    observer.observe(element, { childList: true, subtree: true });
    element.addEventListener("focusin", remember);
    element.addEventListener("focusout", forget);
    return () => {
      observer.disconnect();
      element.removeEventListener("focusin", remember);
      element.removeEventListener("focusout", forget);
    };
  }, [stage]);
}

/** Whose tile an element belongs to. */
function seatOf(target: EventTarget | null): string | null {
  return target instanceof Element && target.matches(PRESS)
    ? (target.closest<HTMLElement>("[data-seat]")?.dataset.seat ?? null)
    : null;
}

/** Where a person is drawn now. */
function tileOf(seat: string, within: ParentNode): HTMLElement | null {
  return [...within.querySelectorAll<HTMLElement>(PRESS)].find((tile) => seatOf(tile) === seat) ?? null;
}
