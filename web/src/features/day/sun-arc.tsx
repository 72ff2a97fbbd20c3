// The picture of the day. It says nothing that the words beside it do not say, so screen readers skip it.
import { useLingui } from "@lingui/react";

import { minutesOfDay, timeOf } from "../../lib/times";
import { arcOf, HEIGHT, WIDTH } from "./arc";
import { isNow, type SessionEntry } from "./phases";

interface Props {
  entries: SessionEntry[];
  zone: string;
  /** Null when it is not today. */
  now: number | null;
}

export function SunArc({ entries, zone, now }: Props) {
  // A new language may run the other way.
  useLingui();
  const mirrored = document.documentElement.dir === "rtl";
  const minutes = (at: string) => minutesOfDay(at, zone);
  const drawn = entries.filter(({ phase }) => phase !== "cancelled");
  const arc = arcOf(
    drawn.map(({ item, phase }) => {
      const from = minutes(item.session.starts_at);
      const to = minutes(item.session.ends_at);
      return {
        from,
        to: to <= from ? 1440 : to,
        kind: phase === "over" ? "done" : isNow(phase) ? "now" : "later",
      };
    }),
    now === null ? null : minutes(new Date(now).toISOString()),
    mirrored,
  );
  if (!arc) return null;
  return (
    <svg className="arc" viewBox={`0 0 ${WIDTH} ${HEIGHT + 35}`} aria-hidden focusable="false">
      <path className="arc-way" d={arc.way} />
      {arc.sessions.map(({ path, kind }, index) => (
        <g key={index}>
          <path className={`arc-${kind}`} d={path} />
          {kind === "later" && <path className="arc-later-in" d={path} />}
        </g>
      ))}
      {arc.labels.map(({ minutes, x, y, tick, isEnd }) => (
        <g key={minutes} className={isEnd ? "arc-end" : "arc-between"}>
          <path className="arc-tick" d={tick} />
          <text x={x} y={y} textAnchor="middle">
            {timeOf(Date.UTC(2026, 0, 1, 0, minutes), "UTC")}
          </text>
        </g>
      ))}
      {arc.sun && (
        <g>
          <circle className="arc-halo" cx={arc.sun.x} cy={arc.sun.y} r="34" />
          <circle className="arc-disc" cx={arc.sun.x} cy={arc.sun.y} r="18" />
        </g>
      )}
    </svg>
  );
}
