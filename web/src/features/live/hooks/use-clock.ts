/** The time on the server's clock, good to a few seconds; draws again when it has moved on. */
import { useEffect, useState } from "react";

import { useAccount } from "../../../lib/account";
import { formatLocale } from "../../../lib/i18n";
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

/** Hours and minutes as the person reads them, in their own zone. */
export function useClockFormat(): (at: string) => string {
  return useFormat({ hour: "numeric", minute: "2-digit" });
}

/** "Tuesday, 24 November" in the person's own zone. */
export function useDayFormat(): (at: string) => string {
  return useFormat({ weekday: "long", day: "numeric", month: "long" });
}

function useFormat(options: Intl.DateTimeFormatOptions): (at: string) => string {
  const timeZone = useAccount((account) => account.me?.time_zone);
  const format = new Intl.DateTimeFormat(formatLocale(), timeZone ? { ...options, timeZone } : options);
  return (at) => format.format(new Date(at));
}
