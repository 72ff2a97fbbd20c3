// The server's clock, how much of a session is left on it, and times as the person reads them.
import { useAccount } from "../../../lib/account";
import { useBrowserNow, useNow } from "../../../lib/clock";
import { browserZone, dateOf, dayOf, timeOf } from "../../../lib/times";
import { useRoom } from "./use-room";

/** Now on the server's clock, in milliseconds, good to a few seconds. */
export function useServerNow(): number {
  const byAnswers = useNow();
  const byBrowser = useBrowserNow();
  const offset = useRoom((state) => state.clockOffset);
  return offset === null ? byAnswers : byBrowser + offset;
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

const useZone = () => useAccount((account) => account.me?.time_zone) ?? browserZone();

/** Hours and minutes as the person reads them, in their own zone. */
export function useClockFormat(): (at: string) => string {
  const zone = useZone();
  return (at) => timeOf(at, zone);
}

/** "Tuesday 24 November" in the person's own zone. */
export function useDayFormat(): (at: string) => string {
  const zone = useZone();
  return (at) => dateOf(dayOf(at, zone), "long");
}
