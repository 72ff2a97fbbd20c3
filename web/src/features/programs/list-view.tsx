// The week as a list: what phones show, and whoever likes reading better than looking.
import { Trans } from "@lingui/react/macro";

import { ActivityMark } from "../../components/ui/activity-mark";
import { Badge } from "../../components/ui/badge";
import type { DayItem } from "../../contract/types";
import { addDays, dateOf, dayOf } from "../../lib/times";
import { blockState } from "./block-state";
import { BlockWords } from "./week-view";

interface Props {
  items: DayItem[];
  zone: string;
  monday: string;
  now: number;
  onOpen: (sessionId: string) => void;
}

export function ListView({ items, zone, monday, now, onOpen }: Props) {
  const today = dayOf(now, zone);
  const days = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
  const byDay = days.map((day) => ({
    day,
    items: items.filter(({ session }) => dayOf(session.starts_at, zone) === day),
  }));
  return (
    <div className="grid gap-5">
      {byDay
        .filter((one) => one.items.length > 0)
        .map((one) => (
          <section key={one.day} aria-labelledby={`list-${one.day}`}>
            <h3 id={`list-${one.day}`} className="mb-2 flex items-center gap-3 text-md">
              {dateOf(one.day, "long")}
              {one.day === today && (
                <Badge look="live">
                  <Trans>Today</Trans>
                </Badge>
              )}
            </h3>
            <ul className="card card-flush divide">
              {one.items.map((item) => {
                const state = blockState(item, now);
                return (
                  <li key={item.session.id}>
                    <button
                      type="button"
                      className={`list-row list-${state}`}
                      onClick={() => onOpen(item.session.id)}
                    >
                      <ActivityMark icon={item.session.icon} tone={item.session.tone} />
                      <span className="list-words">
                        <BlockWords item={item} state={state} zone={zone} now={now} />
                      </span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
    </div>
  );
}
