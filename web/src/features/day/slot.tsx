// A session of the day that is not on now: what was, and what will be.
import { Plural, Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Ban, Check, CirclePlay } from "lucide-react";
import type { ReactNode } from "react";

import { ActivityMark } from "../../components/ui/activity-mark";
import type { DayItem } from "../../contract/types";
import { minutesUntil } from "../../lib/times";
import type { SessionEntry } from "./phases";

export function Slot({ entry, now }: { entry: SessionEntry; now: number }) {
  const { item, phase, isNext } = entry;
  const { session } = item;
  const wait = minutesUntil(session.starts_at, now);
  return (
    <SlotLink item={item} isOver={phase === "over"}>
      <ActivityMark icon={session.icon} tone={phase === "cancelled" ? "stone" : session.tone} />
      <div className="slot-words">
        <h3>{session.title}</h3>
        <p className="meta">
          {phase === "over" && <Was item={item} />}
          {phase === "over" && item.recorded && item.role !== "staff" && (
            <span className="inline-flex items-center gap-1.5">
              <CirclePlay className="i" aria-hidden />
              <Trans>Watch the recording</Trans>
            </span>
          )}
          {phase === "later" && <With item={item} />}
          {phase === "cancelled" && (
            <span className="inline-flex items-center gap-1.5">
              <Ban className="i" aria-hidden />
              <span className="min-w-0">
                {session.cancel_reason ? (
                  <Trans>Cancelled. {session.cancel_reason}</Trans>
                ) : (
                  <Trans>Cancelled</Trans>
                )}
              </span>
            </span>
          )}
        </p>
      </div>
      {isNext && wait > 0 && wait < 180 && (
        <span className="meta shrink-0">
          <Plural value={wait} one="In # min" other="In # min" />
        </span>
      )}
    </SlotLink>
  );
}

/** A participant reads about the program, and afterwards what was said; staff plan it, and look up who came. */
function SlotLink({ item, isOver, children }: { item: DayItem; isOver: boolean; children: ReactNode }) {
  if (item.role !== "staff" && isOver && item.recorded)
    return (
      <Link to="/sessions/$id/replay" params={{ id: item.session.id }} className="slot">
        {children}
      </Link>
    );
  if (item.role !== "staff" && isOver)
    return (
      <Link to="/sessions/$id/transcript" params={{ id: item.session.id }} className="slot">
        {children}
      </Link>
    );
  if (item.role !== "staff")
    return (
      <Link to="/programs/$slug" params={{ slug: item.program.slug }} className="slot">
        {children}
      </Link>
    );
  if (isOver)
    return (
      <Link to="/manage/sessions/$id/attendance" params={{ id: item.session.id }} className="slot">
        {children}
      </Link>
    );
  return (
    <Link to="/manage/programs/$id" params={{ id: item.program.id }} className="slot">
      {children}
    </Link>
  );
}

function Was({ item }: { item: DayItem }) {
  const minutes = Math.round((item.my_seconds ?? 0) / 60);
  const came = item.came ?? 0;
  if (item.role === "staff")
    return (
      <span className="inline-flex items-center gap-1.5">
        <Check className="i" aria-hidden />
        <Plural value={came} _0="Nobody came" one="# person came" other="# people came" />
      </span>
    );
  if (item.my_seconds)
    return (
      <Plural
        value={minutes}
        _0="You looked in"
        one="You were there for # minute"
        other="You were there for # minutes"
      />
    );
  return <With item={item} />;
}

function With({ item }: { item: DayItem }) {
  const lead = item.session.lead?.name;
  const title = item.program.title;
  if (!lead) return title;
  return (
    <Trans>
      With {lead}, {title}
    </Trans>
  );
}
