// Whether the room may be entered yet; turns true by itself when the time comes.
import { useEffect, useState } from "react";

import type { Session } from "../../../contract/types";
import { serverTime } from "../../../lib/clock";

/** Timers cannot wait longer than this. */
const LONGEST = 2 ** 31 - 1;

export function useOpening(session: Session): boolean {
  const waits = session.state === "scheduled";
  const opensAt = Date.parse(session.can_join_at);
  const [open, setOpen] = useState(() => !waits || opensAt <= serverTime());
  useEffect(() => {
    if (open) return;
    const timer = setTimeout(() => setOpen(true), Math.min(LONGEST, Math.max(0, opensAt - serverTime())));
    return () => clearTimeout(timer);
  }, [open, opensAt]);
  return open;
}
