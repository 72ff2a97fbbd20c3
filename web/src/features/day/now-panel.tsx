// What is on now, with the one button of the day.
import { Plural, Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Video } from "lucide-react";

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
        {!isLive && item.role === "staff" ? (
          <GoLiveButton sessionId={session.id} />
        ) : (
          <Link
            to="/sessions/$id/room"
            params={{ id: session.id }}
            className={button({ look: "now", size: "lg" })}
          >
            <Video className="i" aria-hidden />
            <Trans>Join now</Trans>
          </Link>
        )}
      </div>
    </article>
  );
}

/** How long it still is, or until it begins. */
export function Moment({ item, isLive, now }: Props) {
  const left = minutesUntil(item.session.ends_at, now);
  const wait = minutesUntil(item.session.starts_at, now);
  if (!isLive)
    return wait > 0 ? (
      <span>
        <Plural value={wait} one="Starts in # minute" other="Starts in # minutes" />
      </span>
    ) : (
      <span>
        <Trans>Starts in a moment</Trans>
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
