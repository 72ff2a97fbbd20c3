/** What comes next in this person's day, once they are out of a session. */
import { useQuery } from "@tanstack/react-query";

import type { Day, DayItem, Session } from "../../../contract/types";
import { useAccount } from "../../../lib/account";
import { api } from "../../../lib/api";
import { useNow } from "../../../lib/clock";
import { dayOf } from "../../../lib/times";

export interface Next {
  item: DayItem;
  /** Its door is open. */
  canJoin: boolean;
  /** Whole minutes until it begins, counted up; not above zero once it should have begun. */
  minutes: number;
}

export function useNextSession(after: Session | null): Next | null {
  const now = useNow();
  const timeZone = useAccount((account) => account.me?.time_zone);
  const isStranger = useAccount((account) => account.me === null);
  const date = after && dayOf(now, timeZone ?? after.time_zone);
  const day = useQuery({
    queryKey: ["day", date, "after", after?.id],
    queryFn: () => api<Day>("GET", `/me/day?date=${date}`),
    // A guest has no day.
    enabled: date !== null && !isStranger,
    // Somebody may start it early, move it or call it off.
    refetchInterval: 20_000,
  });
  return after && day.data ? nextOf(day.data.items, after.id, now) : null;
}

/** The first session of the day that is still to come or running, other than the one just left. Pure. */
export function nextOf(items: DayItem[], left: string, now: number): Next | null {
  const coming = items
    .filter(({ session, state }) => session.id !== left && state !== "over" && state !== "cancelled")
    .filter(({ session, state }) => state === "live" || Date.parse(session.ends_at) > now)
    .sort((a, b) => a.session.starts_at.localeCompare(b.session.starts_at));
  const item = coming[0];
  if (!item) return null;
  return {
    item,
    canJoin: item.state === "live" || now >= Date.parse(item.can_join_at),
    minutes: Math.ceil((Date.parse(item.session.starts_at) - now) / 60_000),
  };
}
