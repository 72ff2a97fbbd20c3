/** How the room is looked at. Kept by the device, but for looking away from a screen that is shared just now. */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

import { keep, useDevice } from "../device";
import type { DocumentId } from "../engine/protocol";
import { sharers, type View } from "../layout/cast";
import { useRoom } from "./use-room";
import type { Shape } from "./use-size";

export interface Looking {
  view: View;
  /** Something else than people is there to be seen large. */
  sharing: boolean;
  change: (view: View) => void;
}

/** `document` is the board or the notes on the stage. */
export function useView(shape: Shape, document: DocumentId | null = null): Looking {
  const kept = useDevice((device) => device.view);
  const screen = useRoom((state) => sharers(state).length > 0);
  const sharing = screen || document !== null;
  const there = `${screen} ${document}`;
  const [away, setAway] = useState<{ view: View; there: string } | null>(null);
  // A screen or a board that comes is what everybody should see; each person may look away again.
  if (away && away.there !== there) setAway(null);
  const first = shape === "phone" ? "speaker" : "everyone";
  const view = sharing && kept !== "calm" ? (away?.view ?? "speaker") : (kept ?? first);
  const change = useCallback(
    (next: View) => {
      if (!sharing || next === "calm" || view === "calm") keep({ view: next });
      setAway({ view: next, there });
    },
    [sharing, there, view],
  );
  return { view, sharing, change };
}

/** What was pressed to come into the calm view, or out of it, is gone then: the focus goes to what leads back. */
export function useViewFocus(root: RefObject<HTMLElement | null>, view: View): void {
  const before = useRef(view);
  useEffect(() => {
    const changed = (before.current === "calm") !== (view === "calm");
    before.current = view;
    if (!changed || (document.activeElement && document.activeElement !== document.body)) return;
    const back = root.current?.querySelector<HTMLElement>("[data-way-back], .lr-views [aria-pressed='true']");
    (back ?? root.current?.querySelector<HTMLElement>("[data-opens='more']"))?.focus();
  }, [root, view]);
}
