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
  // Join has to be in sight, on a phone too: when something is on now, at most one line stands above it.
  const first = entries.findIndex((entry) => entry.kind === "session" && isNow(entry.phase));
  const hidden = all || first < 2 ? 0 : first;
  return (
    <ol className="spine">
      {hidden > 0 && <Earlier entries={entries.slice(0, hidden)} onShow={() => setAll(true)} />}
      {entries
        .slice(hidden)
        .map((entry) =>
          entry.kind === "break" ? (
            <Pause key={entry.at} entry={entry} zone={zone} />
          ) : (
            <SessionOfDay key={entry.item.session.id} entry={entry} now={now} zone={zone} />
          ),
        )}
    </ol>
  );
}

function Earlier({ entries, onShow }: { entries: Entry[]; onShow: () => void }) {
  const count = entries.filter((entry) => entry.kind === "session").length;
  return (
    <li className="past is-short">
      <span className="knob" aria-hidden>
        <Check className="i" />
      </span>
      <div className="when" />
      <Button look="quiet" size="sm" className="justify-self-start" onClick={onShow}>
        <Plural value={count} one="Show # earlier session" other="Show # earlier sessions" />
      </Button>
    </li>
  );
}

function SessionOfDay({ entry, now, zone }: { entry: SessionEntry; now: number; zone: string }) {
  const { phase, item } = entry;
  const from = timeOf(item.session.starts_at, zone);
  const to = timeOf(item.session.ends_at, zone);
  const kind = isNow(phase)
    ? "now"
    : phase === "over" || Date.parse(item.session.ends_at) <= now
      ? "past"
      : "later";
  return (
    <li className={`${kind} ${phase === "cancelled" ? "cancelled" : ""}`}>
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

function Pause({ entry, zone }: { entry: BreakEntry; zone: string }) {
  const at = timeOf(entry.at, zone);
  return (
    <li className={`pause ${entry.isPast ? "past" : "later"}`}>
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
