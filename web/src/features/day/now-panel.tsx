// What is on now, with the one button of the day.
import { Plural, Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { LogIn, Video } from "lucide-react";

import { GoLiveButton } from "../../components/go-live-button";
import { AvatarStack } from "../../components/ui/avatar";
import { button } from "../../components/ui/button";
import type { DayItem } from "../../contract/types";
import { minutesUntil } from "../../lib/times";

interface Props {
  item: DayItem;
  isLive: boolean;
  now: number;
}

export function NowPanel({ item, isLive, now }: Props) {
  const { session, program } = item;
  const lead = session.lead?.name;
  const title = program.title;
  const isStaff = item.role === "staff";
  return (
    <article className="nowcard">
      <p className="eyebrow">
        <Moment item={item} isLive={isLive} now={now} />
      </p>
      <h3>{session.title}</h3>
      <p>
        {lead ? (
          <Trans>
            With {lead}, {title}
          </Trans>
        ) : (
          title
        )}
      </p>
      <Company item={item} isLive={isLive} />
      <div className="btns">
        {!isLive && isStaff ? (
          <GoLiveButton sessionId={session.id} />
        ) : (
          <Link
            to="/sessions/$id/room"
            params={{ id: session.id }}
            className={button({ look: "now", size: "lg" })}
          >
            {isStaff ? <LogIn className="i flip" aria-hidden /> : <Video className="i" aria-hidden />}
            {isStaff ? <Trans>Go in</Trans> : <Trans>Join now</Trans>}
          </Link>
        )}
        {!isStaff && (
          <Link
            to="/sessions/$id/room"
            params={{ id: session.id }}
            search={{ check: true }}
            className={button({ look: "ghost" })}
          >
            <Trans>Check camera and sound first</Trans>
          </Link>
        )}
      </div>
    </article>
  );
}

/** How long it still is, or until it begins. */
function Moment({ item, isLive, now }: Props) {
  const left = minutesUntil(item.session.ends_at, now);
  const wait = minutesUntil(item.session.starts_at, now);
  if (!isLive)
    return (
      <span>
        {wait > 0 ? (
          <Plural value={wait} one="Starts in # minute" other="Starts in # minutes" />
        ) : (
          <Late item={item} now={now} />
        )}
      </span>
    );
  return (
    <>
      <span>
        <Trans>On now</Trans>
      </span>
      <span aria-hidden>·</span>
      <span>
        {left > 0 ? (
          <Plural value={left} one="# minute left" other="# minutes left" />
        ) : (
          <Trans>a little over its time</Trans>
        )}
      </span>
    </>
  );
}

/** The time has come, and nobody has begun yet. */
function Late({ item, now }: { item: DayItem; now: number }) {
  const late = Math.floor((now - Date.parse(item.session.starts_at)) / 60_000);
  const lead = item.session.lead?.name;
  if (item.role === "staff")
    return <Plural value={late} _0="Due now" one="Was due # minute ago" other="Was due # minutes ago" />;
  return lead ? <Trans>Waiting for {lead} to start</Trans> : <Trans>Waiting for the start</Trans>;
}

function Company({ item, isLive }: { item: DayItem; isLive: boolean }) {
  const { in_room: here, waiting } = item;
  if (isLive && here > 0)
    return (
      <p className="company">
        <AvatarStack names={item.in_room_names} />
        <span>
          <Plural value={here} one="# person is in the room" other="# people are in the room" />
        </span>
      </p>
    );
  if (!isLive && waiting > 0)
    return (
      <p className="company">
        <Plural value={waiting} one="# person is waiting" other="# people are waiting" />
      </p>
    );
  return null;
}
