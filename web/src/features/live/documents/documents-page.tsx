// What a session made: its notes to read and to take along, its boards to look at.
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";

import { Button } from "../../../components/ui/button";
import { Empty } from "../../../components/ui/empty";
import { Loaded, Skeleton } from "../../../components/ui/loaded";
import type { DocumentView, SessionDocuments } from "../../../contract/types";
import { usePageTitle } from "../../../lib/page";
import { browserZone, dateOf, dayOf } from "../../../lib/times";
import "./documents.css";
import { documentQuery, documentsQuery } from "./queries";

/** Each kind has a sheet of its own, fetched when there is one to show. */
const SHEETS: Record<
  DocumentView["kind"],
  ReturnType<typeof lazy<typeof import("./notes-sheet").default>>
> = {
  notes: lazy(() => import("./notes-sheet")),
  board: lazy(() => import("./board-sheet")),
};
/** So many are opened at once; the others when they are asked for. */
const AT_ONCE = 3;

export function DocumentsPage({ sessionId }: { sessionId: string }) {
  const { t } = useLingui();
  const query = useQuery(documentsQuery(sessionId));
  const title = query.data?.title ?? "";
  usePageTitle(t`Boards and notes`, title);
  const date = query.data && dateOf(dayOf(query.data.starts_at, browserZone()), "long");
  return (
    <div className="work">
      <div className="pagehead">
        <div>
          <h1>{title || <Trans>Boards and notes</Trans>}</h1>
          {date && (
            <p className="sub">
              <Trans>Boards and notes of {date}</Trans>
            </p>
          )}
        </div>
      </div>
      <Loaded query={query} label={t`Loading boards and notes`}>
        {(made) => <Made sessionId={sessionId} made={made} />}
      </Loaded>
    </div>
  );
}

function Made({ sessionId, made }: { sessionId: string; made: SessionDocuments }) {
  if (made.documents.length === 0)
    return (
      <Empty
        title={<Trans>Nothing was drawn or written</Trans>}
        action={
          <Link to="/" className="link">
            <Trans>Back to my day</Trans>
          </Link>
        }
      >
        <Trans>What a class draws and writes together is here afterwards.</Trans>
      </Empty>
    );
  // Notes first: they are what most people look for.
  const notesFirst = [...made.documents].sort(
    (a, b) => Number(b.kind === "notes") - Number(a.kind === "notes"),
  );
  return notesFirst.map((document, index) => (
    <Section
      key={document.id}
      document={document}
      session={{ id: sessionId, title: made.title }}
      date={dayOf(made.starts_at, browserZone())}
      opened={index < AT_ONCE}
    />
  ));
}

interface SectionProps {
  document: DocumentView;
  session: { id: string; title: string };
  date: string;
  opened: boolean;
}

function Section({ document, opened, ...rest }: SectionProps) {
  const { made_by } = document;
  const [open, setOpen] = useState(opened);
  const heading = `document-${document.id}`;
  return (
    <section className="dc" aria-labelledby={heading}>
      <h2 id={heading}>{document.title}</h2>
      <p className="muted">
        {document.kind === "board" ? <Trans>Board by {made_by}</Trans> : <Trans>Notes of everybody</Trans>}
        {document.breakout_id && (
          <>
            {", "}
            <Trans>from a breakout room</Trans>
          </>
        )}
      </p>
      {open ? (
        <Opened document={document} {...rest} />
      ) : (
        <Button onClick={() => setOpen(true)}>
          <Trans>Show</Trans>
        </Button>
      )}
    </section>
  );
}

function Opened({ document, session, date }: Omit<SectionProps, "opened">) {
  const { t } = useLingui();
  const query = useQuery(documentQuery(session.id, document.id));
  const Sheet = SHEETS[document.kind];
  const label = t`Opening ${document.title}`;
  return (
    <Loaded query={query} label={label}>
      {(opened) => (
        <Suspense fallback={<Skeleton label={label} />}>
          <Sheet opened={opened} session={session} date={date} />
        </Suspense>
      )}
    </Loaded>
  );
}
