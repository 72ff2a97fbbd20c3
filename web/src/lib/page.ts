// What every page does when it opens: its title, and where the focus goes.
import { useEffect } from "react";

import { organisation } from "./account";

/** "Page, program, organisation". */
export function usePageTitle(...parts: (string | null | undefined)[]): void {
  const title = [...parts.filter(Boolean), organisation()].join(", ");
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** The heading of the page that is being left: it may still stand there while the next page is on its way. */
let shown: Element | null = null;

/**
 * After a change of the page the heading gets the focus, so that a screen reader begins there. A page may still be on its
 * way: it is waited for, but not against somebody who has begun to use the new page.
 */
export function focusHeading(): () => void {
  const left = document.activeElement;
  const before = shown;
  const until = Date.now() + 3_000;
  let frame = 0;
  const look = () => {
    const heading = document.querySelector<HTMLElement>("h1");
    const isTaken = document.activeElement !== left && document.activeElement !== document.body;
    if (Date.now() > until) return;
    if (!heading || heading === before) {
      frame = requestAnimationFrame(look);
      return;
    }
    shown = heading;
    if (isTaken) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };
  frame = requestAnimationFrame(look);
  return () => cancelAnimationFrame(frame);
}
