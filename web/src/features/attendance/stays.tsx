// The exact stays behind a person's minutes.
import { Trans } from "@lingui/react/macro";

import type { Attendance } from "../../contract/types";
import { formatLocale } from "../../lib/i18n";
import { endOf } from "./track";

export function Stays({ row, zone, now }: { row: Attendance; zone: string; now: number }) {
  return (
    <ol className="grid gap-1">
      {row.intervals.map((stay) => {
        const from = exact(stay.joined_at, zone);
        const to = stay.left_at ? exact(stay.left_at, zone) : "";
        const seconds = Math.round((endOf(stay, now) - Date.parse(stay.joined_at)) / 1000);
        const minutes = Math.floor(seconds / 60);
        const rest = seconds % 60;
        return (
          <li key={stay.joined_at}>
            {stay.left_at ? (
              <Trans>
                {from} to {to}, {minutes} min {rest} s
              </Trans>
            ) : (
              <Trans>Since {from}, still in the room</Trans>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** With seconds: this is the record. */
function exact(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat(formatLocale(), { timeZone, timeStyle: "medium" }).format(new Date(at));
}
