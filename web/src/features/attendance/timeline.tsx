// One row a person under a common ruler. Each row says in words what its bar shows, and opens to its exact stays.
import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronDown } from "lucide-react";
import { useState } from "react";

import { Avatar } from "../../components/ui/avatar";
import type { Attendance, Session } from "../../contract/types";
import { timeOf } from "../../lib/times";
import { minutesText } from "./minutes";
import { PresenceWords, StatusBadge } from "./presence-words";
import { Stays } from "./stays";
import { barsOf, type Ruler, rulerOf, secondsUntil, share } from "./track";

interface Props {
  session: Session;
  rows: Attendance[];
  now: number;
}

export function Timeline({ session, rows, now }: Props) {
  const ruler = rulerOf(session, rows, now);
  return (
    <div className="pres-list">
      <div className="pres pres-head" aria-hidden>
        <span>
          <Trans>Person</Trans>
        </span>
        <span className="ruler">
          {ruler.marks.map((mark) => (
            <span key={mark} style={{ insetInlineStart: `${share(ruler, mark)}%` }}>
              <span>{timeOf(mark, session.time_zone)}</span>
            </span>
          ))}
        </span>
        <span className="pres-minutes">
          <Trans>Time</Trans>
        </span>
        <span>
          <Trans>Status</Trans>
        </span>
        <span />
      </div>
      <ul>
        {rows.map((row) => (
          <Row key={row.user.id} row={row} session={session} ruler={ruler} now={now} />
        ))}
      </ul>
    </div>
  );
}

function Row({ row, session, ruler, now }: { row: Attendance; session: Session; ruler: Ruler; now: number }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const minutes = minutesText(secondsUntil(row, now));
  const { name } = row.user;
  const id = `stays-${row.user.id}`;
  return (
    <li className={open ? "pres-row is-open" : "pres-row"}>
      <div className="pres">
        <span className="pres-who">
          <Avatar name={name} />
          <span className="min-w-0">
            <strong>{name}</strong>
            <span className="muted block text-sm">
              <PresenceWords row={row} session={session} />
            </span>
          </span>
        </span>
        <span className="track" aria-hidden>
          {barsOf(ruler, row, now).map((bar) => (
            <i
              key={bar.start}
              className={bar.isOpen ? "is-open" : ""}
              style={{ insetInlineStart: `${bar.start}%`, inlineSize: `${bar.size}%` }}
            />
          ))}
          <u style={{ insetInlineStart: `${share(ruler, Date.parse(session.starts_at))}%` }} />
          <u style={{ insetInlineStart: `${share(ruler, Date.parse(session.ends_at))}%` }} />
        </span>
        <span className="pres-minutes">
          <Trans>
            <b>{minutes}</b> min
          </Trans>
        </span>
        <span>
          <StatusBadge row={row} session={session} />
        </span>
        {row.intervals.length > 0 ? (
          <button
            type="button"
            className="pres-open"
            aria-expanded={open}
            aria-controls={id}
            aria-label={t`Exact times of ${name}`}
            title={t`Exact times`}
            onClick={() => setOpen(!open)}
          >
            <ChevronDown className="i" aria-hidden />
          </button>
        ) : (
          <span />
        )}
      </div>
      {open && (
        <div id={id} className="pres-stays">
          <Stays row={row} zone={session.time_zone} now={now} />
        </div>
      )}
    </li>
  );
}
