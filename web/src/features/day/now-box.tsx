// The date, the time, what is on and what comes next: always in the same corner of the workspace.
import { Plural, Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { dateOf, minutesUntil, timeOf } from "../../lib/times";
import { isNow, phaseOf } from "./phases";
import { overviewQuery } from "./queries";
import { useToday } from "./use-today";
import type { DayItem } from "../../contract/types";

export function NowBox() {
  const { now, zone, today } = useToday();
  const { data } = useQuery(overviewQuery(today));
  const items = (data?.items ?? []).map((item) => ({ item, phase: phaseOf(item, now) }));
  const running = items.filter(({ phase }) => isNow(phase));
  const next = items.find(({ phase }) => phase === "later");
  const shown = [...running, ...(next ? [next] : [])].slice(0, 2);
  return (
    <div className="nowbox">
      <p className="nowbox-clock">
        <span>{dateOf(today, "short")}</span>
        <b>{timeOf(now, zone)}</b>
      </p>
      {shown.length > 0 && (
        <ul className="nowbox-next">
          {shown.map(({ item, phase }) => (
            <li key={item.session.id}>
              <Link to="/manage/programs/$id" params={{ id: item.program.id }}>
                <strong>{item.session.title}</strong>
                <Moment item={item} isLive={phase === "live"} now={now} zone={zone} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Moment({ item, isLive, now, zone }: { item: DayItem; isLive: boolean; now: number; zone: string }) {
  const wait = minutesUntil(item.session.starts_at, now);
  const from = timeOf(item.session.starts_at, zone);
  const until = timeOf(item.session.ends_at, zone);
  const { waiting, in_room: here } = item;
  if (isLive)
    return (
      <Trans>
        On now until {until}, <Plural value={here} one="# person" other="# people" />
      </Trans>
    );
  if (wait > 60) return <Trans>At {from}</Trans>;
  if (wait <= 0)
    return <Plural value={waiting} _0="Due now" one="Due now. # waiting." other="Due now. # waiting." />;
  if (waiting === 0) return <Plural value={wait} one="Starts in # min" other="Starts in # min" />;
  return (
    <Trans>
      Starts in {wait} min. {waiting} waiting.
    </Trans>
  );
}
