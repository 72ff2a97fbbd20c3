// Who came: everybody's presence in a session, true to the second, live while it runs.
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChartNoAxesGantt, Download, ScrollText, Table2 } from "lucide-react";
import { useState } from "react";

import { Badge } from "../../components/ui/badge";
import { Button, button } from "../../components/ui/button";
import { Empty } from "../../components/ui/empty";
import { Failed, Loaded } from "../../components/ui/loaded";
import { Segmented } from "../../components/ui/segmented";
import type { Attendance, Page, Program, Session } from "../../contract/types";
import { api, download, versioned } from "../../lib/api";
import { useNow } from "../../lib/clock";
import { usePageTitle } from "../../lib/page";
import { dateOf, localTime } from "../../lib/times";
import { AttendanceTable } from "./attendance-table";
import "./attendance.css";
import { Stats } from "./stats";
import { Timeline } from "./timeline";
import { clockAhead } from "./track";

export function WhoCamePage({ sessionId }: { sessionId: string }) {
  const { t } = useLingui();
  const session = useQuery({
    queryKey: ["sessions", sessionId],
    queryFn: () => api<Session>("GET", `/sessions/${sessionId}`),
  });
  const programId = session.data?.program_id ?? "";
  const program = useQuery({
    queryKey: ["program", programId],
    queryFn: () => versioned<Program>("GET", `/programs/${programId}`),
    enabled: programId !== "",
  });
  const title = session.data?.title;
  usePageTitle(t`Who came`, title, program.data?.data.title);
  return (
    <div className="work">
      <nav aria-label={t`Where you are`}>
        <ol className="crumbs">
          <li>
            <Link to="/manage/programs">
              <Trans>Programs</Trans>
            </Link>
          </li>
          {program.data && (
            <li>
              <Link to="/manage/programs/$id" params={{ id: programId }}>
                {program.data.data.title}
              </Link>
            </li>
          )}
          {title && <li>{title}</li>}
        </ol>
      </nav>
      <div className="pagehead">
        <div>
          <h1>
            <Trans>Who came</Trans>
          </h1>
          {session.data && <When session={session.data} />}
        </div>
        {session.data && (
          <div className="acts">
            <Link
              to="/sessions/$id/transcript"
              params={{ id: sessionId }}
              className={button({ look: "quiet" })}
            >
              <ScrollText className="i" aria-hidden />
              <Trans>Transcript</Trans>
            </Link>
            <Export session={session.data} />
          </div>
        )}
      </div>
      <Loaded query={session} label={t`Loading the session`}>
        {(data) => <Record session={data} />}
      </Loaded>
    </div>
  );
}

function When({ session }: { session: Session }) {
  const date = dateOf(session.starts_local.slice(0, 10), "long");
  const from = localTime(session.starts_local);
  const to = localTime(session.ends_local);
  const { title } = session;
  const lead = session.lead?.name;
  return (
    <p className="sub">
      {lead ? (
        <Trans>
          {title}, {date}, {from} to {to}, with {lead}
        </Trans>
      ) : (
        <Trans>
          {title}, {date}, {from} to {to}
        </Trans>
      )}{" "}
      {session.state === "live" && (
        <Badge look="live">
          <Trans>On now</Trans>
        </Badge>
      )}
    </p>
  );
}

function Record({ session }: { session: Session }) {
  const { t } = useLingui();
  const clock = useNow();
  const [view, setView] = useState<"timeline" | "table">("timeline");
  const isLive = session.state === "live";
  const query = useQuery({
    queryKey: ["attendances", session.id],
    queryFn: () => api<Page<Attendance>>("GET", `/sessions/${session.id}/attendances?absent=true`),
    // The socket tells of changes; this is for whoever has none.
    refetchInterval: isLive ? 10_000 : false,
  });
  return (
    <Loaded query={query} label={t`Loading who came`} rows={6}>
      {({ items }) => {
        const now = clock + clockAhead(items, query.dataUpdatedAt);
        return items.length === 0 ? (
          <div className="card">
            <Empty title={<Trans>Nobody is on this list yet.</Trans>}>
              <Trans>Who is enrolled, and who comes, stands here.</Trans>
            </Empty>
          </div>
        ) : (
          <div className="grid gap-4">
            <Stats rows={items} now={now} isLive={isLive} hasBegun={session.started_at !== null} />
            <section className="card card-flush" aria-labelledby="record">
              <div className="flex flex-wrap items-center justify-between gap-3 px-5 py-3.5">
                <h2 id="record" className="text-lg">
                  <Trans>Everybody</Trans>
                </h2>
                <Segmented
                  label={t`View`}
                  value={view}
                  onChange={setView}
                  options={[
                    {
                      value: "timeline",
                      label: (
                        <>
                          <ChartNoAxesGantt className="i flip" aria-hidden /> <Trans>Timeline</Trans>
                        </>
                      ),
                    },
                    {
                      value: "table",
                      label: (
                        <>
                          <Table2 className="i" aria-hidden /> <Trans>Table</Trans>
                        </>
                      ),
                    },
                  ]}
                />
              </div>
              {view === "timeline" ? (
                <Timeline session={session} rows={items} now={now} />
              ) : (
                <AttendanceTable session={session} rows={items} now={now} />
              )}
            </section>
          </div>
        );
      }}
    </Loaded>
  );
}

/** The file needs the bearer token, so it is fetched here and handed to the browser. */
function Export({ session }: { session: Session }) {
  const save = useMutation({
    mutationFn: () => download(`/sessions/${session.id}/attendances.csv?absent=true`),
    onSuccess: (file) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = `${session.starts_local.slice(0, 10)} ${session.title}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
  });
  return (
    <>
      {save.error && <Failed error={save.error} />}
      <Button onClick={() => save.mutate()} busy={save.isPending && <Trans>Preparing</Trans>}>
        <Download className="i" aria-hidden />
        <Trans>Save as CSV</Trans>
      </Button>
    </>
  );
}
