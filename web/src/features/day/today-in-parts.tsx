// Today in three parts, with a line where we are.
import { Plural, Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Ban, Check, Moon, Sun, Sunrise } from "lucide-react";
import { Fragment } from "react";

import { minutesOfDay, type PartOfDay, partOfDay, timeOf } from "../../lib/times";
import type { Placed } from "./overview-page";
import { isNow } from "./phases";

const PARTS: PartOfDay[] = ["morning", "afternoon", "evening"];
const PICTURES = { morning: Sunrise, afternoon: Sun, evening: Moon };

interface Props {
  placed: Placed[];
  now: number;
  zone: string;
}

export function TodayInParts({ placed, now, zone }: Props) {
  const partNow = partOfDay(minutesOfDay(now, zone));
  return (
    <section className="card" aria-labelledby="today">
      <h2 id="today" className="mb-2 text-lg">
        <Trans>Today</Trans>
      </h2>
      <div className="parts">
        {PARTS.map((part) => (
          <Part
            key={part}
            part={part}
            placed={placed.filter(
              ({ item }) => partOfDay(minutesOfDay(item.session.starts_at, zone)) === part,
            )}
            now={part === partNow ? now : null}
            zone={zone}
          />
        ))}
      </div>
    </section>
  );
}

function Part({
  part,
  placed,
  now,
  zone,
}: {
  part: PartOfDay;
  placed: Placed[];
  now: number | null;
  zone: string;
}) {
  const Picture = PICTURES[part];
  // The line stands after everything that has begun.
  const line =
    now === null ? -1 : placed.filter(({ item }) => Date.parse(item.session.starts_at) <= now).length;
  return (
    <section aria-labelledby={`part-${part}`}>
      <h3 id={`part-${part}`}>
        <Picture className="i" aria-hidden />
        {part === "morning" && <Trans>Morning</Trans>}
        {part === "afternoon" && <Trans>Afternoon</Trans>}
        {part === "evening" && <Trans>Evening</Trans>}
        <span className="muted">
          <Plural value={placed.length} _0="Nothing on" one="# session" other="# sessions" />
        </span>
      </h3>
      <ul>
        {placed.map((one, index) => (
          <Fragment key={one.item.session.id}>
            {index === line && <NowRule now={now ?? 0} zone={zone} />}
            <Row {...one} zone={zone} />
          </Fragment>
        ))}
        {line === placed.length && <NowRule now={now ?? 0} zone={zone} />}
      </ul>
    </section>
  );
}

function NowRule({ now, zone }: { now: number; zone: string }) {
  return (
    <li className="nowrule">
      <span className="sr-only">
        <Trans>Now,</Trans>
      </span>
      {timeOf(now, zone)}
    </li>
  );
}

function Row({ item, phase, zone }: Placed & { zone: string }) {
  const { session } = item;
  const kind = isNow(phase) ? (phase === "live" ? "now" : "") : phase === "later" ? "" : "past";
  const inside = (
    <>
      <b>{timeOf(session.starts_at, zone)}</b>
      <span className={phase === "cancelled" ? "line-through" : ""}>{session.title}</span>
      <span className="s">
        <State item={item} phase={phase} />
      </span>
    </>
  );
  return (
    <li>
      {phase === "live" || phase === "over" ? (
        <Link to="/manage/sessions/$id/attendance" params={{ id: session.id }} className={`prow ${kind}`}>
          {inside}
        </Link>
      ) : (
        <Link to="/manage/programs/$id" params={{ id: session.program_id }} className={`prow ${kind}`}>
          {inside}
        </Link>
      )}
    </li>
  );
}

function State({ item, phase }: Placed) {
  const came = item.came ?? 0;
  if (phase === "live")
    return (
      <>
        <Sun className="i" aria-hidden />
        <Plural value={item.in_room} one="# in the room" other="# in the room" />
      </>
    );
  if (phase === "over")
    return (
      <>
        <Check className="i" aria-hidden />
        <Plural value={came} _0="Nobody came" one="# came" other="# came" />
      </>
    );
  if (phase === "cancelled")
    return (
      <>
        <Ban className="i" aria-hidden />
        <Trans>Cancelled</Trans>
      </>
    );
  return <Plural value={item.due} one="# due" other="# due" />;
}
