// How a session stands in the timetable, in a word with an icon.
import { Plural, Trans } from "@lingui/react/macro";
import { Ban, Check, Sun, TriangleAlert } from "lucide-react";

import type { DayItem } from "../../contract/types";
import { minutesUntil } from "../../lib/times";

export type BlockState = "later" | "soon" | "live" | "done" | "cancelled" | "cover";

export function blockState(item: DayItem, now: number): BlockState {
  const { session } = item;
  if (item.state === "cancelled") return "cancelled";
  if (item.state === "live") return "live";
  if (item.state === "over" || now >= Date.parse(session.ends_at)) return "done";
  if (now >= Date.parse(item.can_join_at)) return "soon";
  return session.lead ? "later" : "cover";
}

export function StateWords({ item, state, now }: { item: DayItem; state: BlockState; now: number }) {
  const wait = minutesUntil(item.session.starts_at, now);
  const came = item.came ?? 0;
  const here = item.in_room;
  if (state === "later") return null;
  return (
    <span className="st">
      {state === "done" && (
        <>
          <Check className="i" aria-hidden />
          <Plural value={came} _0="Nobody came" one="# came" other="# came" />
        </>
      )}
      {state === "soon" && (
        <>
          <Sun className="i" aria-hidden />
          {wait > 0 ? (
            <Plural value={wait} one="Starts in # min" other="Starts in # min" />
          ) : (
            <Trans>Due now</Trans>
          )}
        </>
      )}
      {state === "live" && (
        <>
          <Sun className="i" aria-hidden />
          <Plural value={here} one="On now, # in" other="On now, # in" />
        </>
      )}
      {state === "cover" && (
        <>
          <TriangleAlert className="i" aria-hidden />
          <Trans>Needs an instructor</Trans>
        </>
      )}
      {state === "cancelled" && (
        <>
          <Ban className="i" aria-hidden />
          <Trans>Cancelled</Trans>
        </>
      )}
    </span>
  );
}
