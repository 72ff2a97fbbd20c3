// The record in a few numbers, and how they are counted.
import { Plural, Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";

import type { Attendance } from "../../contract/types";
import { minutesText } from "./minutes";
import { secondsUntil } from "./track";

interface Props {
  rows: Attendance[];
  now: number;
  isLive: boolean;
  hasBegun: boolean;
}

export function Stats({ rows, now, isLive, hasBegun }: Props) {
  const people = rows.filter(({ role }) => role === "participant");
  const came = people.filter(({ intervals }) => intervals.length > 0).length;
  const here = people.filter(({ present }) => present).length;
  const seconds = people.reduce((sum, row) => sum + secondsUntil(row, now), 0);
  const minutes = Math.round(seconds / 60);
  const again = people.filter(({ intervals }) => intervals.length > 1).length;
  const all = people.length;
  return (
    <section className="card card-flush">
      <dl className="stats">
        <Stat
          value={
            hasBegun ? (
              <Trans>
                {came} of {all}
              </Trans>
            ) : (
              <Trans>0 of {all}</Trans>
            )
          }
        >
          <Plural value={came} one="person came" other="people came" />
        </Stat>
        <Stat value={minutesText(seconds)}>
          <Plural value={minutes} one="minute in all" other="minutes in all" />
        </Stat>
        {isLive ? (
          <Stat value={here}>
            <Plural value={here} one="person is here now" other="people are here now" />
          </Stat>
        ) : (
          <Stat value={again}>
            <Plural value={again} one="person left and came back" other="people left and came back" />
          </Stat>
        )}
      </dl>
      <p className="stats-how">
        <strong>
          <Trans>How minutes are counted.</Trans>
        </strong>{" "}
        <Trans>
          Time in the room while the session is live, to the second. Nothing is rounded or left out. Time in
          two places at once counts once.
        </Trans>
      </p>
    </section>
  );
}

function Stat({ value, children }: { value: ReactNode; children: ReactNode }) {
  return (
    <div className="stat">
      <dt>{children}</dt>
      <dd>{value}</dd>
    </div>
  );
}
