/** Who is new among those who wait, said once each, to hosts. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { useRoom } from "../../hooks/use-room";

export function useWaitingNews(say: (text: string) => void): void {
  const { t } = useLingui();
  const waiting = useRoom((state) => state.waiting);
  const isHost = useRoom((state) => state.you?.host ?? false);
  const known = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const names = waiting.filter((one) => !known.current.has(one.seat_id)).map((one) => one.name);
    known.current = new Set(waiting.map((one) => one.seat_id));
    const who = names.join(", ");
    if (isHost && who) say(t`Waiting to come in: ${who}.`);
    // Said once per change of who waits, not for a new `say`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [waiting, isHost]);
}

/** How many wait, for who can let them in. */
export function useWaitingCount(): number {
  return useRoom((state) => (state.you?.host ? state.waiting.length : 0));
}
