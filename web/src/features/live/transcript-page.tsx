// The transcript of a session for its members: search, download, and for staff the words to correct.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Download, Pencil, Search } from "lucide-react";
import { type FormEvent, useDeferredValue, useEffect, useRef, useState } from "react";

import { Button, button } from "../../components/ui/button";
import { Empty } from "../../components/ui/empty";
import { Field, TextArea } from "../../components/ui/field";
import { Failed, Skeleton } from "../../components/ui/loaded";
import type { Page, Program, Session, TranscriptLine } from "../../contract/types";
import { useAccount } from "../../lib/account";
import { api, download, versioned } from "../../lib/api";
import { usePageTitle } from "../../lib/page";
import { fieldProblem } from "../../lib/problems";
import { dateOf, localTime, timeOf } from "../../lib/times";
import { DocumentsLink } from "./documents/documents-link";
import { LONGEST_CAPTION } from "./engine/caption-writer";
import "./transcript-page.css";

export function TranscriptPage({ sessionId }: { sessionId: string }) {
  const { t } = useLingui();
  const session = useQuery({
    queryKey: ["sessions", sessionId],
    queryFn: () => api<Session>("GET", `/sessions/${sessionId}`),
  });
  const title = session.data?.title;
  usePageTitle(t`Transcript`, title);
  return (
    <div className="work">
      <div className="pagehead">
        <div>
          <h1>
            <Trans>Transcript</Trans>
          </h1>
          {session.data && <When session={session.data} />}
        </div>
        {session.data && (
          <div className="acts">
            <DocumentsLink sessionId={sessionId} className={button({ look: "quiet" })} />
            <Link
              to="/programs/$slug"
              params={{ slug: session.data.program_id }}
              className={button({ look: "quiet" })}
            >
              <Trans>The program</Trans>
            </Link>
            <Save session={session.data} />
          </div>
        )}
      </div>
      {session.data ? (
        <Lines session={session.data} />
      ) : session.error ? (
        <Failed error={session.error} onRetry={() => void session.refetch()} />
      ) : (
        <Skeleton label={t`Loading the session`} />
      )}
    </div>
  );
}

function When({ session }: { session: Session }) {
  const date = dateOf(session.starts_local.slice(0, 10), "long");
  const from = localTime(session.starts_local);
  const to = localTime(session.ends_local);
  const { title } = session;
  return (
    <p className="sub">
      <Trans>
        {title}, {date}, {from} to {to}
      </Trans>
    </p>
  );
}

/** Whether this person may correct lines: the server says so again. */
function useIsStaff(programId: string): boolean {
  const isAdmin = useAccount((account) => account.me?.role === "admin");
  const program = useQuery({
    queryKey: ["program", programId],
    queryFn: () => versioned<Program>("GET", `/programs/${programId}`),
  });
  return isAdmin || (program.data?.data.my?.part ?? null) !== null;
}

function useLines(session: Session, words: string) {
  const q = words === "" ? "" : `&q=${encodeURIComponent(words)}`;
  return useInfiniteQuery({
    queryKey: ["transcript", session.id, words],
    queryFn: ({ pageParam }) => {
      const after = pageParam === null ? "" : `&after=${pageParam}`;
      return api<Page<TranscriptLine>>("GET", `/sessions/${session.id}/transcript?limit=100${q}${after}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // What was found stays while other words are looked for, so that nothing flickers under the typing.
    placeholderData: (before) => before,
    refetchInterval: session.state === "live" ? 10_000 : false,
  });
}

function Lines({ session }: { session: Session }) {
  const { t } = useLingui();
  const [search, setSearch] = useState("");
  const words = useDeferredValue(search.trim());
  const query = useLines(session, words);
  const isStaff = useIsStaff(session.program_id);
  if (query.error && !query.data) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton label={t`Loading the transcript`} rows={6} />;
  const lines = query.data.pages.flatMap((page) => page.items);
  if (lines.length === 0 && words === "" && search === "") {
    return (
      <div className="card">
        <Empty title={<Trans>Nothing was written down in this session.</Trans>}>
          <Trans>When people use captions in the room, what they say stands here.</Trans>
        </Empty>
      </div>
    );
  }
  return (
    <div className="grid gap-4">
      <Field label={<Trans>Find in what was said</Trans>} className="tr-search">
        {(wired) => (
          <span className="tr-search-box">
            <Search className="i" aria-hidden />
            <input
              type="search"
              className="input"
              maxLength={100}
              {...wired}
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </span>
        )}
      </Field>
      <p role="status" className={words === "" ? "sr-only" : "muted"}>
        {words !== "" &&
          !query.isPlaceholderData &&
          (query.hasNextPage ? (
            <Plural value={lines.length} one="More than # line" other="More than # lines" />
          ) : (
            <Plural value={lines.length} _0="Nothing was found." one="# line" other="# lines" />
          ))}
      </p>
      {lines.length > 0 && (
        <ol className="card divide tr-lines">
          {lines.map((line) => (
            <Line key={line.id} line={line} session={session} isStaff={isStaff} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <div>
          <Button
            onClick={() => void query.fetchNextPage()}
            busy={query.isFetchingNextPage && <Trans>Loading</Trans>}
          >
            <Trans>More lines</Trans>
          </Button>
        </div>
      )}
    </div>
  );
}

function Line({ line, session, isStaff }: { line: TranscriptLine; session: Session; isStaff: boolean }) {
  const { t } = useLingui();
  const [correcting, correct] = useState(false);
  const start = line.text.slice(0, 40);
  const { correction } = line;
  const by = correction?.by;
  const item = useRef<HTMLLIElement>(null);
  const done = () => {
    correct(false);
    item.current?.focus({ preventScroll: true });
  };
  return (
    <li ref={item} className="tr-line" tabIndex={-1}>
      <p className="tr-head">
        {line.name ? <b dir="auto">{line.name}</b> : <b>{t`Caption service`}</b>}
        <time dateTime={line.started_at} className="muted">
          {timeOf(line.started_at, session.time_zone)}
        </time>
        {line.corrected_at && <span className="muted">{by ? t`corrected by ${by}` : t`corrected`}</span>}
        {isStaff && !correcting && (
          <Button size="sm" look="quiet" onClick={() => correct(true)} aria-label={t`Correct: ${start}`}>
            <Pencil className="i" aria-hidden />
            <Trans>Correct</Trans>
          </Button>
        )}
      </p>
      {correcting ? (
        <Correct line={line} session={session} onDone={done} />
      ) : (
        <p dir="auto" lang={line.language ?? undefined} className="tr-text">
          {line.text}
        </p>
      )}
      {correction && (
        <details className="tr-first">
          <summary>
            <Trans>What it said at first</Trans>
          </summary>
          <p dir="auto">{correction.first_text}</p>
        </details>
      )}
    </li>
  );
}

function Correct({ line, session, onDone }: { line: TranscriptLine; session: Session; onDone: () => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [text, setText] = useState(line.text);
  const save = useMutation({
    mutationFn: () =>
      api<TranscriptLine>("PATCH", `/sessions/${session.id}/transcript/${line.id}`, {
        body: { text: text.trim() },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["transcript", session.id] });
      onDone();
    },
  });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("textarea")?.focus(), []);
  const wrong = fieldProblem(save.error, "text");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  };
  return (
    <form ref={form} onSubmit={submit} className="grid gap-2">
      <TextArea
        label={t`What was said`}
        dir="auto"
        rows={2}
        maxLength={LONGEST_CAPTION}
        value={text}
        error={wrong}
        onChange={(event) => setText(event.target.value.replace(/\s*\n\s*/g, " "))}
      />
      {save.error && !wrong && <Failed error={save.error} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" size="sm" busy={save.isPending && <Trans>Saving</Trans>}>
          <Trans>Save</Trans>
        </Button>
        <Button size="sm" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}

/** The file needs the bearer token, so it is fetched here and handed to the browser. */
function Save({ session }: { session: Session }) {
  const save = useMutation({
    mutationFn: () => download(`/sessions/${session.id}/transcript.vtt`),
    onSuccess: (file) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = `${session.starts_local.slice(0, 10)} ${session.title}.vtt`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
  });
  return (
    <>
      {save.error && <Failed error={save.error} />}
      <Button onClick={() => save.mutate()} busy={save.isPending && <Trans>Preparing</Trans>}>
        <Download className="i" aria-hidden />
        <Trans>Save as subtitles</Trans>
      </Button>
    </>
  );
}
