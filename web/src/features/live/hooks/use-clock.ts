/** The time on the server's clock, good to a few seconds; draws again when it has moved on. */
import { useEffect, useState } from "react";
import { useRoom } from "./use-room";

const EVERY = 5000;

export function useServerNow(): number {
  const offset = useRoom((state) => state.clockOffset);
  const [local, setLocal] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLocal(Date.now()), EVERY);
    return () => clearInterval(timer);
  }, []);
  return local + offset;
}

export interface SessionTime {
  /** From 0 to 1. */
  share: number;
  /** Whole minutes, rounded up; negative or zero when the end has passed. */
  minutesLeft: number;
}

export function sessionTime(startsAt: string, endsAt: string, now: number): SessionTime {
  const start = Date.parse(startsAt);
  const end = Date.parse(endsAt);
  const share = Math.min(1, Math.max(0, (now - start) / Math.max(1, end - start)));
  return { share, minutesLeft: Math.ceil((end - now) / 60_000) };
}
