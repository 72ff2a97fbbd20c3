// Presence in words: what the bar beside it shows.
import { Plural, Trans } from "@lingui/react/macro";
import { Check, LogOut, Minus } from "lucide-react";

import { Badge } from "../../components/ui/badge";
import type { Attendance, Session } from "../../contract/types";
import { timeOf, timesOf } from "../../lib/times";

/** One line under the name. */
export function PresenceWords({ row, session }: { row: Attendance; session: Session }) {
  const zone = session.time_zone;
  const { from, to: last } =
    row.first_joined_at && row.last_left_at
      ? timesOf(row.first_joined_at, row.last_left_at, zone)
      : { from: row.first_joined_at ? timeOf(row.first_joined_at, zone) : "", to: "" };
  const again = row.intervals.length - 1;
  if (again < 0) return session.state === "ended" ? <Trans>Did not come</Trans> : <Trans>Not here yet</Trans>;
  if (again > 0)
    return (
      <Plural
        value={again}
        one={`In from ${from}, came back once`}
        other={`In from ${from}, came back # times`}
      />
    );
  if (row.present) return <Trans>In since {from}</Trans>;
  return (
    <Trans>
      In from {from} to {last}
    </Trans>
  );
}

/** Who left this long before the planned end left early. */
const EARLY = 5 * 60_000;

export function StatusBadge({ row, session }: { row: Attendance; session: Session }) {
  if (row.present)
    return (
      <Badge look="live">
        <Trans>Here now</Trans>
      </Badge>
    );
  if (row.intervals.length === 0)
    return (
      <Badge look="outline">
        <Minus className="i" aria-hidden />
        {session.state === "ended" ? <Trans>Absent</Trans> : <Trans>Not here yet</Trans>}
      </Badge>
    );
  if (row.role === "staff")
    return (
      <Badge>
        <Trans>Staff</Trans>
      </Badge>
    );
  const ended = Math.min(
    Date.parse(session.ends_at),
    session.ended_at ? Date.parse(session.ended_at) : Infinity,
  );
  if (row.last_left_at && ended - Date.parse(row.last_left_at) > EARLY)
    return (
      <Badge>
        <LogOut className="i flip" aria-hidden />
        <Trans>Left early</Trans>
      </Badge>
    );
  return (
    <Badge look="good">
      <Check className="i" aria-hidden />
      <Trans>Present</Trans>
    </Badge>
  );
}
