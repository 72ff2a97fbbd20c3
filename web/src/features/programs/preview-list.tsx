// What planning or changing a series would do, session by session, before anything is saved.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { CalendarOff, Clock, TriangleAlert } from "lucide-react";
import { useId, useState } from "react";

import { Badge } from "../../components/ui/badge";
import { Button } from "../../components/ui/button";
import type { LeftOut, PreviewedSession, SeriesPreview } from "../../contract/types";
import { dateOf, localTime, timesOf } from "../../lib/times";
import { farDay } from "./series-words";

/** So many are shown before somebody asks for all of them. */
const FEW = 4;

const dayOfLocal = (local: string) => local.slice(0, 10);

/** In one sentence: how many sessions, the first and the last. */
export function PreviewSentence({ preview }: { preview: SeriesPreview }) {
  const { sessions, left_out } = preview;
  const count = sessions.length;
  const first = sessions[0] && farDay(dayOfLocal(sessions[0].starts_local));
  const last = sessions.at(-1) && farDay(dayOfLocal(sessions.at(-1)?.starts_local ?? ""));
  const clashes = sessions.filter(({ conflicts }) => conflicts.length > 0).length;
  const out = left_out.length;
  return (
    <>
      <b>
        <Plural value={count} one="# session." other="# sessions." />
      </b>{" "}
      {count === 1 ? (
        <Trans>On {first}.</Trans>
      ) : (
        <Trans>
          The first on {first}, the last on {last}.
        </Trans>
      )}{" "}
      {clashes > 0 && (
        <Plural
          value={clashes}
          one="# of them meets another session."
          other="# of them meet other sessions."
        />
      )}{" "}
      {out > 0 && <Plural value={out} one="# day is left out." other="# days are left out." />}
    </>
  );
}

type Row = { at: string; key: string; session: PreviewedSession } | { at: string; key: string; out: LeftOut };

function rowsOf({ sessions, left_out }: SeriesPreview): Row[] {
  const rows: Row[] = sessions.map((session) => ({
    at: session.starts_local,
    key: `${session.session_id} ${session.starts_local}`,
    session,
  }));
  rows.push(...left_out.map((out) => ({ at: out.day, key: out.day, out })));
  return rows.sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** What somebody should look at before they save. */
function isNoted(row: Row): boolean {
  return "out" in row || row.session.note !== null || row.session.conflicts.length > 0;
}

interface Props {
  preview: SeriesPreview;
  label: string;
  /** Who leads them, where that is one person. */
  lead?: string | undefined;
  /** Whether each says what becomes of it. */
  isChange?: boolean;
}

export function PreviewList({ preview, label, lead, isChange = false }: Props) {
  const [isWhole, setIsWhole] = useState(false);
  const id = useId();
  const rows = rowsOf(preview);
  const few = rows.filter((row, index) => index < FEW || isNoted(row));
  const shown = isWhole || rows.length - few.length < 2 ? rows : few;
  const count = rows.length;
  return (
    <div className="pv">
      <ol className="pv-list divide" id={id} aria-label={label}>
        {shown.map((row) =>
          "out" in row ? (
            <OutRow key={row.key} out={row.out} />
          ) : (
            <SessionRow key={row.key} session={row.session} lead={lead} isChange={isChange} />
          ),
        )}
      </ol>
      {rows.length - few.length >= 2 && (
        <Button
          size="sm"
          className="justify-self-start"
          aria-expanded={isWhole}
          aria-controls={id}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? (
            <Trans>Show fewer</Trans>
          ) : (
            <Plural value={count} one="Show # day" other="Show all # days" />
          )}
        </Button>
      )}
    </div>
  );
}

function OutRow({ out }: { out: LeftOut }) {
  const { name } = out;
  return (
    <li className="pv-row pv-out">
      <p>
        <b>{dateOf(out.day, "short")}</b>
      </p>
      <p className="pv-note">
        <CalendarOff className="i" aria-hidden />
        {name ? <Trans>Left out: {name}</Trans> : <Trans>Left out</Trans>}
      </p>
    </li>
  );
}

interface SessionRowProps {
  session: PreviewedSession;
  lead: string | undefined;
  isChange: boolean;
}

function SessionRow({ session, lead, isChange }: SessionRowProps) {
  // Times of the wall, written as those of a zone that has no other.
  const { from, to } = timesOf(`${session.starts_local}Z`, `${session.ends_local}Z`, "UTC");
  const was = session.was_starts_local;
  const wasDay = was && dateOf(dayOfLocal(was), "short");
  const wasTime = was && localTime(was);
  return (
    <li className={`pv-row pv-${session.change}`}>
      <p>
        <b>{dateOf(dayOfLocal(session.starts_local), "short")}</b>{" "}
        <span>
          <Trans>
            {from} to {to}
          </Trans>
        </span>{" "}
        {isChange && <ChangeBadge change={session.change} />}
      </p>
      {was && (
        <p className="muted text-sm">
          <Trans>
            It was {wasDay}, {wasTime}.
          </Trans>
        </p>
      )}
      {session.note && (
        <p className="pv-note">
          <Clock className="i" aria-hidden />
          {session.note === "skipped_hour" ? (
            <Trans>The clocks go forward: this hour does not happen, so it is an hour later that day.</Trans>
          ) : (
            <Trans>The clocks go back: this hour happens twice, and it is the first.</Trans>
          )}
        </p>
      )}
      {session.conflicts.map(({ session_id, title }) => (
        <p className="pv-note" key={session_id}>
          <TriangleAlert className="i" aria-hidden />
          <Meets title={title} lead={lead} />
        </p>
      ))}
    </li>
  );
}

/** A session of another program has no title here: the asker need not know it. */
function Meets({ title, lead }: { title: string; lead: string | undefined }) {
  if (lead && title)
    return (
      <Trans>
        {lead} leads “{title}” then.
      </Trans>
    );
  if (lead) return <Trans>{lead} leads another session then.</Trans>;
  if (title) return <Trans>Who leads it leads “{title}” then.</Trans>;
  return <Trans>Who leads it leads another session then.</Trans>;
}

function ChangeBadge({ change }: { change: PreviewedSession["change"] }) {
  switch (change) {
    case "added":
      return (
        <Badge look="good">
          <Trans>Added</Trans>
        </Badge>
      );
    case "moved":
      return (
        <Badge look="info">
          <Trans>Moved</Trans>
        </Badge>
      );
    case "removed":
      return (
        <Badge look="warn">
          <Trans>Removed</Trans>
        </Badge>
      );
    case "kept":
      return (
        <Badge>
          <Trans>Same time</Trans>
        </Badge>
      );
    case "untouched":
      return (
        <Badge look="outline">
          <Trans>Not touched</Trans>
        </Badge>
      );
  }
}

/** How many sessions meet each fate. */
export function ChangeCounts({ preview }: { preview: SeriesPreview }) {
  const { t } = useLingui();
  const count = (change: PreviewedSession["change"]) =>
    preview.sessions.filter((session) => session.change === change).length;
  const [added, moved, kept, removed, untouched] = [
    count("added"),
    count("moved"),
    count("kept"),
    count("removed"),
    count("untouched"),
  ];
  return (
    <ul className="pv-counts" aria-label={t`What changes`}>
      {moved > 0 && (
        <li>
          <Plural value={moved} one="# session moves" other="# sessions move" />
        </li>
      )}
      {added > 0 && (
        <li>
          <Plural value={added} one="# session is added" other="# sessions are added" />
        </li>
      )}
      {removed > 0 && (
        <li>
          <Plural value={removed} one="# session is removed" other="# sessions are removed" />
        </li>
      )}
      {kept > 0 && (
        <li>
          <Plural value={kept} one="# session keeps its time" other="# sessions keep their time" />
        </li>
      )}
      {untouched > 0 && (
        <li>
          <Plural
            value={untouched}
            one="# session began or was cancelled, and stays as it is"
            other="# sessions began or were cancelled, and stay as they are"
          />
        </li>
      )}
    </ul>
  );
}
