/** How the room is looked at. Kept by the device, but for looking away from a screen that is shared just now. */
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

import { keep, useDevice } from "../device";
import { sharers, type View } from "../layout/cast";
import { useRoom } from "./use-room";
import type { Shape } from "./use-size";

export interface Looking {
  view: View;
  sharing: boolean;
  change: (view: View) => void;
}

export function useView(shape: Shape): Looking {
  const kept = useDevice((device) => device.view);
  const sharing = useRoom((state) => sharers(state).length > 0);
  const [away, setAway] = useState<{ view: View; sharing: boolean } | null>(null);
  // A screen that begins to be shared is what everybody should see; each person may look away again.
  if (away && away.sharing !== sharing) setAway(null);
  const first = shape === "phone" ? "speaker" : "everyone";
  const view = sharing && kept !== "calm" ? (away?.view ?? "speaker") : (kept ?? first);
  const change = useCallback(
    (next: View) => {
      if (!sharing || next === "calm" || view === "calm") keep({ view: next });
      setAway({ view: next, sharing });
    },
    [sharing, view],
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
