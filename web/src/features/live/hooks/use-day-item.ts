// What the person's day says about this session: how many are in the room, and afterwards their own minutes.
import { useQuery } from "@tanstack/react-query";

import type { Day, DayItem, Session } from "../../../contract/types";
import { useAccount } from "../../../lib/account";
import { api } from "../../../lib/api";
import { dayOf } from "../../../lib/times";
import type { Phase } from "../engine/state";

export function useDayItem(session: Session, phase: Phase): DayItem | null {
  const timeZone = useAccount((account) => account.me?.time_zone);
  const isStranger = useAccount((account) => account.me === null);
  const date = dayOf(session.starts_at, timeZone ?? session.time_zone);
  const over = phase === "ended";
  const day = useQuery({
    queryKey: ["day", date, session.id, over],
    queryFn: () => api<Day>("GET", `/me/day?date=${date}`),
    // A guest has no day.
    enabled: !isStranger && (phase === "lobby" || over),
    select: ({ items }) => items.find((item) => item.session.id === session.id) ?? null,
    // The minutes are added up a moment after the end.
    refetchInterval: (query) => (over && query.state.dataUpdateCount < 4 ? 1500 : over ? false : 15_000),
  });
  return day.data ?? null;
}
