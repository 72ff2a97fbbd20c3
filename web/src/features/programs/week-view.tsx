// The week as a timetable.
import { Trans } from "@lingui/react/macro";
import { Repeat } from "lucide-react";

import type { DayItem } from "../../contract/types";
import { Badge } from "../../components/ui/badge";
import { dateOf, dayOf, hourOf, minutesOfDay, timesOf } from "../../lib/times";
import { type BlockState, blockState, StateWords } from "./block-state";
import { type Block, weekOfSessions } from "./week-layout";

interface Props {
  items: DayItem[];
  zone: string;
  monday: string;
  now: number;
  onOpen: (sessionId: string) => void;
}

/** Pixels an hour is high; in narrow columns the words need more lines. */
const HOUR = { wide: 102, narrow: 116 };

export function WeekView({ items, zone, monday, now, onOpen }: Props) {
  const today = dayOf(now, zone);
  const week = weekOfSessions(
    monday,
    items.map(({ session }) => {
      const from = minutesOfDay(session.starts_at, zone);
      const to = minutesOfDay(session.ends_at, zone);
      // A session over midnight is drawn to the end of its day.
      return { id: session.id, day: dayOf(session.starts_at, zone), from, to: to <= from ? 24 * 60 : to };
    }),
  );
  const hour = week.days.length > 5 ? HOUR.narrow : HOUR.wide;
  const hours = Array.from({ length: week.last - week.first - 1 }, (_, index) => week.first + index + 1);
  const top = (minutes: number) => ((minutes - week.first * 60) / 60) * hour;
  const minutesNow = minutesOfDay(now, zone);
  const height = (week.last - week.first) * hour;
  return (
    <div className="week" style={{ "--days": week.days.length, "--hour": `${hour}px` }}>
      <div className="hours" aria-hidden style={{ blockSize: height }}>
        {hours.map((full) => (
          <span key={full} style={{ insetBlockStart: top(full * 60) }}>
            {hourOf(full)}
          </span>
        ))}
      </div>
      {week.days.map(({ day, blocks }) => (
        <section
          key={day}
          className={`week-day ${day === today ? "today" : ""}`}
          aria-labelledby={`day-${day}`}
        >
          <h3 id={`day-${day}`} className="week-head">
            <span className="d">{dateOf(day, "day")}</span> {dateOf(day, "weekdayShort")}
            {day === today && (
              <Badge look="live">
                <Trans>Today</Trans>
              </Badge>
            )}
          </h3>
          <ul className="week-column" style={{ blockSize: height }}>
            {blocks.map((block) => {
              const item = items.find(({ session }) => session.id === block.id);
              return (
                item && (
                  <SessionBlock
                    key={block.id}
                    block={block}
                    top={top}
                    item={item}
                    zone={zone}
                    now={now}
                    onOpen={onOpen}
                  />
                )
              );
            })}
            {day === today && minutesNow >= week.first * 60 && minutesNow <= week.last * 60 && (
              <li className="nowline" aria-hidden style={{ insetBlockStart: top(minutesNow) }} />
            )}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface BlockProps extends Pick<Props, "zone" | "now" | "onOpen"> {
  block: Block;
  item: DayItem;
  top: (minutes: number) => number;
}

function SessionBlock({ block, item, zone, now, onOpen, top }: BlockProps) {
  const { session } = item;
  const state = blockState(item, now);
  const share = 100 / block.lanes;
  return (
    <li
      className="week-slot"
      style={{
        insetBlockStart: top(block.from),
        blockSize: top(block.to) - top(block.from) - 3,
        insetInlineStart: `${block.lane * share}%`,
        inlineSize: `${share}%`,
      }}
    >
      <button
        type="button"
        className={`blk tone-${session.tone} blk-${state}`}
        onClick={() => onOpen(session.id)}
      >
        <BlockWords item={item} state={state} zone={zone} now={now} />
      </button>
    </li>
  );
}

export function BlockWords({
  item,
  state,
  zone,
  now,
}: {
  item: DayItem;
  state: BlockState;
  zone: string;
  now: number;
}) {
  const { session } = item;
  const { from, to } = timesOf(session.starts_at, session.ends_at, zone);
  const lead = session.lead?.name.split(" ")[0];
  return (
    <>
      <b>
        {session.title}
        {session.series_id && (
          <>
            {" "}
            <Repeat className="i repeats" aria-hidden />
            <span className="sr-only">
              <Trans>, repeats</Trans>
            </span>
          </>
        )}
      </b>
      <span className="block-time">
        {lead ? (
          <Trans>
            {from} to {to}, {lead}
          </Trans>
        ) : (
          <Trans>
            {from} to {to}
          </Trans>
        )}
      </span>
      <StateWords item={item} state={state} now={now} />
    </>
  );
}
