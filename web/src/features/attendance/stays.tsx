// The exact stays behind a person's minutes.
import { Trans } from "@lingui/react/macro";

import type { Attendance } from "../../contract/types";
import { formatLocale } from "../../lib/i18n";
import { exactly } from "./minutes";
import { endOf, secondsUntil } from "./track";

export function Stays({ row, zone, now }: { row: Attendance; zone: string; now: number }) {
  const { minutes: sum, rest: sumRest } = exactly(secondsUntil(row, now));
  return (
    <ol className="grid gap-1">
      {row.intervals.map((stay) => {
        const from = exact(stay.joined_at, zone);
        const to = stay.left_at ? exact(stay.left_at, zone) : "";
        const { minutes, rest } = exactly((endOf(stay, now) - Date.parse(stay.joined_at)) / 1000);
        return (
          <li key={stay.joined_at}>
            {stay.left_at ? (
              <Trans>
                {from} to {to}, {minutes} min {rest} s
              </Trans>
            ) : (
              <Trans>
                Since {from}, {minutes} min {rest} s until now
              </Trans>
            )}
          </li>
        );
      })}
      {row.intervals.length > 1 && (
        <li className="font-semibold">
          <Trans>
            Together {sum} min {sumRest} s
          </Trans>
        </li>
      )}
    </ol>
  );
}

/** With seconds: this is the record. */
function exact(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat(formatLocale(), { timeZone, timeStyle: "medium" }).format(new Date(at));
}
