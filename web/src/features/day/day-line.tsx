// The day as a line one walks along: done is solid, now is the sun, later is open.
import { Plural, Trans } from "@lingui/react/macro";
import { Check, Sun, Utensils } from "lucide-react";
import { useState } from "react";

import { Button } from "../../components/ui/button";
import { timeOf } from "../../lib/times";
import { Duration } from "./duration";
import { NowPanel } from "./now-panel";
import { type BreakEntry, type Entry, isNow, type SessionEntry } from "./phases";
import { Slot } from "./slot";

interface Props {
  entries: Entry[];
  now: number;
  zone: string;
}

export function DayLine({ entries, now, zone }: Props) {
  const [all, setAll] = useState(false);
  // Join has to be in sight: when something is on now, most of what was before it makes room. On a phone all of it does.
  const first = entries.findIndex((entry) => entry.kind === "session" && isNow(entry.phase));
  const hidden = all || first < 3 ? 0 : first - 1;
  const hiddenOnPhone = all || first < 2 ? 0 : first;
  return (
    <ol className="spine">
      {hiddenOnPhone > 0 && (
        <Earlier
          count={sessionsIn(entries.slice(0, hidden || hiddenOnPhone))}
          onlyOnPhone={hidden === 0}
          onShow={() => setAll(true)}
        />
      )}
      {entries.slice(hidden).map((entry, index) => {
        const wide = index + hidden < hiddenOnPhone ? "only-wide" : "";
        return entry.kind === "break" ? (
          <Pause key={entry.at} entry={entry} zone={zone} className={wide} />
        ) : (
          <SessionOfDay key={entry.item.session.id} entry={entry} now={now} zone={zone} className={wide} />
        );
      })}
    </ol>
  );
}

const sessionsIn = (entries: Entry[]) => entries.filter((entry) => entry.kind === "session").length;

function Earlier({
  count,
  onlyOnPhone,
  onShow,
}: {
  count: number;
  onlyOnPhone: boolean;
  onShow: () => void;
}) {
  return (
    <li className={onlyOnPhone ? "past only-phone" : "past"}>
      <span className="knob" aria-hidden>
        <Check className="i" />
      </span>
      <div className="when" />
      <Button look="quiet" size="sm" className="earlier" onClick={onShow}>
        <Plural value={count} one="Show # earlier session" other="Show # earlier sessions" />
      </Button>
    </li>
  );
}

interface OneProps {
  zone: string;
  className: string;
}

function SessionOfDay({ entry, now, zone, className }: OneProps & { entry: SessionEntry; now: number }) {
  const { phase, item } = entry;
  const from = timeOf(item.session.starts_at, zone);
  const to = timeOf(item.session.ends_at, zone);
  const kind = isNow(phase)
    ? "now"
    : phase === "over" || Date.parse(item.session.ends_at) <= now
      ? "past"
      : "later";
  return (
    <li className={`${kind} ${phase === "cancelled" ? "cancelled" : ""} ${className}`}>
      <div className="when">
        <b>{from}</b>{" "}
        <span>
          <Trans>to {to}</Trans>
        </span>
      </div>
      <span className="knob" aria-hidden>
        {kind === "past" && phase !== "cancelled" && <Check className="i" />}
        {kind === "now" && <Sun className="i" />}
      </span>
      {kind === "now" ? (
        <NowPanel item={item} isLive={phase === "live"} now={now} />
      ) : (
        <Slot entry={entry} now={now} />
      )}
    </li>
  );
}

function Pause({ entry, zone, className }: OneProps & { entry: BreakEntry }) {
  const at = timeOf(entry.at, zone);
  return (
    <li className={`pause ${entry.isPast ? "past" : "later"} ${className}`}>
      <div className="when">
        <span>{at}</span>
      </div>
      <span className="knob" aria-hidden />
      <p className="pause-words">
        <Utensils className="i" aria-hidden />
        <span>
          <Duration minutes={entry.minutes} />
        </span>
      </p>
    </li>
  );
}
