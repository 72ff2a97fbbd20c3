// What is on or about to be, across the workspace, with the way in.
import { Plural, Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { LogIn, Sun } from "lucide-react";

import { GoLiveButton } from "../../components/go-live-button";
import { button } from "../../components/ui/button";
import type { DayItem, Program } from "../../contract/types";
import { useNow } from "../../lib/clock";
import { dayOf, minutesUntil } from "../../lib/times";
import { blockState } from "./block-state";
import { timetableQuery } from "./queries";

export function GoLiveStrip({ program }: { program: Program }) {
  const now = useNow();
  const today = dayOf(now, program.time_zone);
  const { data } = useQuery(timetableQuery(program.id, today, today));
  const placed = (data?.items ?? []).map((item) => ({ item, state: blockState(item, now) }));
  const current = placed.filter(({ state }) => state === "live" || state === "soon");
  if (current.length === 0) return null;
  return (
    <ul className="mb-4 grid gap-3">
      {current.map(({ item, state }) => (
        <Strip key={item.session.id} item={item} isLive={state === "live"} now={now} />
      ))}
    </ul>
  );
}

function Strip({ item, isLive, now }: { item: DayItem; isLive: boolean; now: number }) {
  const { session, in_room: here, waiting } = item;
  const { title } = session;
  const wait = minutesUntil(session.starts_at, now);
  const left = minutesUntil(session.ends_at, now);
  return (
    <li className="golive">
      <Sun className="i golive-sun" aria-hidden />
      <div className="golive-words">
        <strong>
          {isLive ? (
            <Trans>{title} is on now</Trans>
          ) : wait > 0 ? (
            <Trans>
              {title} starts in <Plural value={wait} one="# minute" other="# minutes" />
            </Trans>
          ) : (
            <Trans>{title} is due now</Trans>
          )}
        </strong>
        <span>
          {isLive ? (
            <>
              <Plural
                value={here}
                _0="Nobody is in the room."
                one="# person is in the room."
                other="# people are in the room."
              />{" "}
              {left > 0 && <Plural value={left} one="# minute left." other="# minutes left." />}
            </>
          ) : (
            <Plural
              value={waiting}
              _0="Nobody is waiting yet."
              one="# person is waiting."
              other="# people are waiting."
            />
          )}
        </span>
      </div>
      {isLive ? (
        <>
          <Link
            to="/manage/sessions/$id/attendance"
            params={{ id: session.id }}
            className={button({ look: "ghost" })}
          >
            <Trans>Who is here</Trans>
          </Link>
          <Link to="/sessions/$id/room" params={{ id: session.id }} className={button({ look: "now" })}>
            <LogIn className="i flip" aria-hidden />
            <Trans>Go in</Trans>
          </Link>
        </>
      ) : (
        <GoLiveButton sessionId={session.id} size="md" />
      )}
    </li>
  );
}
