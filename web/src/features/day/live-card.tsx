// A room that is live, or about to be, with the way in.
import { Plural, Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Clock, LogIn, Users } from "lucide-react";

import { GoLiveButton } from "../../components/go-live-button";
import { ActivityMark } from "../../components/ui/activity-mark";
import { AvatarStack } from "../../components/ui/avatar";
import { Badge } from "../../components/ui/badge";
import { button } from "../../components/ui/button";
import { minutesUntil, timeOf } from "../../lib/times";
import type { Placed } from "./overview-page";

export function LiveCard({ item, phase, now, zone }: Placed & { now: number; zone: string }) {
  const { session, program, in_room: here, waiting } = item;
  const isLive = phase === "live";
  const until = timeOf(session.ends_at, zone);
  const wait = minutesUntil(session.starts_at, now);
  const lead = session.lead?.name.split(" ")[0];
  const title = program.title;
  return (
    <li className="card live-card">
      <p className="live-card-top">
        {isLive ? (
          <Badge look="live">
            <Trans>On now</Trans>
          </Badge>
        ) : (
          <Badge>
            <Clock className="i" aria-hidden />
            {wait > 0 ? (
              <Plural value={wait} one="Starts in # min" other="Starts in # min" />
            ) : (
              <Trans>Due now</Trans>
            )}
          </Badge>
        )}
        <span>
          {isLive ? (
            <Trans>
              <Plural value={here} one="# person" other="# people" />, until {until}
            </Trans>
          ) : (
            <Plural
              value={waiting}
              _0="Nobody is waiting yet"
              one="# person is waiting"
              other="# people are waiting"
            />
          )}
        </span>
      </p>
      <div className="flex items-center gap-3">
        <ActivityMark icon={session.icon} tone={session.tone} />
        <div className="min-w-0">
          <h3 className="text-md font-semibold">{session.title}</h3>
          <p className="muted text-sm">
            {lead ? (
              <Trans>
                {title} with {lead}
              </Trans>
            ) : (
              title
            )}
          </p>
        </div>
      </div>
      <div className="live-card-foot">
        <AvatarStack names={item.in_room_names} />
        <span className="flex-1" />
        {isLive ? (
          <>
            <Link
              to="/manage/sessions/$id/attendance"
              params={{ id: session.id }}
              className={button({ look: "quiet", size: "sm" })}
            >
              <Users className="i" aria-hidden />
              <Trans>Who is here</Trans>
            </Link>
            <Link to="/sessions/$id/room" params={{ id: session.id }} className={button({ size: "sm" })}>
              <LogIn className="i flip" aria-hidden />
              <Trans>Go in</Trans>
            </Link>
          </>
        ) : (
          <GoLiveButton sessionId={session.id} look="primary" size="md" />
        )}
      </div>
    </li>
  );
}
