// The same record as a table.
import { Trans, useLingui } from "@lingui/react/macro";

import type { Attendance, Session } from "../../contract/types";
import { timeOf } from "../../lib/times";
import { minutesText } from "./minutes";
import { StatusBadge } from "./presence-words";
import { secondsUntil } from "./track";

export function AttendanceTable({
  session,
  rows,
  now,
}: {
  session: Session;
  rows: Attendance[];
  now: number;
}) {
  const { t } = useLingui();
  const zone = session.time_zone;
  const time = (at: string | null) => (at ? timeOf(at, zone) : "–");
  return (
    <table className="table">
      <caption className="sr-only">
        <Trans>Who came, with minutes</Trans>
      </caption>
      <thead className="max-[719px]:size-px max-[719px]:overflow-hidden">
        <tr>
          <th scope="col">{t`Person`}</th>
          <th scope="col">{t`First in`}</th>
          <th scope="col">{t`Last out`}</th>
          <th scope="col" className="num">{t`Stays`}</th>
          <th scope="col" className="num">{t`Minutes`}</th>
          <th scope="col">{t`Status`}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.user.id}>
            <td>
              <strong className="font-semibold">{row.user.name}</strong>
              {row.role === "staff" && (
                <span className="muted text-sm">
                  {" "}
                  <Trans>Staff</Trans>
                </span>
              )}
            </td>
            <td data-label={t`First in`}>{time(row.first_joined_at)}</td>
            <td data-label={t`Last out`}>{row.present ? t`Still here` : time(row.last_left_at)}</td>
            <td data-label={t`Stays`} className="num">
              {row.intervals.length}
            </td>
            <td data-label={t`Minutes`} className="num">
              {minutesText(secondsUntil(row, now))}
            </td>
            <td data-label={t`Status`}>
              <StatusBadge row={row} session={session} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
