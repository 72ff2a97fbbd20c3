// One session: plan it, change it, cancel it.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ScrollText, Users } from "lucide-react";
import { useState } from "react";

import { Banner } from "../../components/ui/banner";
import { Button, button } from "../../components/ui/button";
import { Dialog } from "../../components/ui/dialog";
import { TextField } from "../../components/ui/field";
import { Failed, Loaded } from "../../components/ui/loaded";
import { say } from "../../components/ui/toast";
import type { Program, Session } from "../../contract/types";
import { api, Refused, versioned, type Versioned } from "../../lib/api";
import { useNow } from "../../lib/clock";
import { addDays, dateOf, dayOf, localTime, zoneName } from "../../lib/times";
import { sessionQuery } from "./queries";
import { type SessionBody, SessionForm } from "./session-form";
import { planText } from "./session-plan";

interface Props {
  id: string;
  program: Program;
  onClose: () => void;
}

export function SessionSheet({ id, program, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Dialog kind="sheet" title={id === "new" ? t`Add session` : t`Session`} onClose={onClose}>
      {id === "new" ? (
        <NewSession program={program} onClose={onClose} />
      ) : (
        <Known id={id} program={program} onClose={onClose} />
      )}
    </Dialog>
  );
}

/** Everything that shows sessions is asked for anew. */
function useChanged() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ["timetable", "sessions", "program-sessions", "day", "overview"].map((key) =>
        queries.invalidateQueries({ queryKey: [key] }),
      ),
    );
}

function NewSession({ program, onClose }: Omit<Props, "id">) {
  const { t } = useLingui();
  const changed = useChanged();
  const today = dayOf(useNow(), program.time_zone);
  const add = useMutation({
    mutationFn: (body: SessionBody) => api<Session>("POST", `/programs/${program.id}/sessions`, { body }),
    onSuccess: async () => {
      await changed();
      say(t`The session is in the timetable.`);
      onClose();
    },
  });
  return (
    <SessionForm
      program={program}
      defaults={{
        title: "",
        summary: "",
        date: addDays(today, 1),
        from: "10:00",
        to: "11:00",
        lead_id: program.staff[0]?.user.id ?? "",
        plan: "",
      }}
      zone={program.time_zone}
      error={add.error}
      onSubmit={(body) => add.mutate(body)}
    >
      {add.error && <Failed error={add.error} />}
      <div className="actions">
        <Button type="submit" look="primary" busy={add.isPending && <Trans>Adding</Trans>}>
          <Trans>Add this session</Trans>
        </Button>
        <Button onClick={onClose}>
          <Trans>Not now</Trans>
        </Button>
      </div>
    </SessionForm>
  );
}

function Known({ id, program, onClose }: Props) {
  const { t } = useLingui();
  const query = useQuery(sessionQuery(id));
  return (
    <Loaded query={query} label={t`Loading the session`} rows={4}>
      {(session) => (
        <Planned
          session={session}
          program={program}
          onClose={onClose}
          onFresh={() => query.refetch().then(({ data }) => data)}
        />
      )}
    </Loaded>
  );
}

interface PlannedProps extends Omit<Props, "id"> {
  session: Versioned<Session>;
  onFresh: () => Promise<Versioned<Session> | undefined>;
}

interface EditProps extends Omit<Props, "id"> {
  base: Versioned<Session>;
  onFresh: () => void;
}

function Planned({ session: loaded, program, onClose, onFresh }: PlannedProps) {
  // What somebody writes is not lost when the session is fetched anew; it begins again only when they ask for it.
  const [base, setBase] = useState(loaded);
  if (loaded.data.state !== "scheduled") return <Past session={loaded.data} />;
  return (
    <Edit
      key={base.version}
      base={base}
      program={program}
      onClose={onClose}
      onFresh={() => void onFresh().then((fresh) => fresh && setBase(fresh))}
    />
  );
}

function Edit({ base, program, onClose, onFresh }: EditProps) {
  const { t } = useLingui();
  const changed = useChanged();
  const session = base.data;
  const save = useMutation({
    mutationFn: (body: SessionBody) =>
      versioned<Session>("PATCH", `/sessions/${session.id}`, { body, version: base.version }),
    onSuccess: async () => {
      await changed();
      say(t`Saved.`);
      onClose();
    },
  });
  const isStale = save.error instanceof Refused && save.error.status === 412;
  return (
    <>
      <SessionForm
        program={program}
        defaults={{
          title: session.title,
          summary: session.summary,
          date: session.starts_local.slice(0, 10),
          from: localTime(session.starts_local),
          to: localTime(session.ends_local),
          lead_id: session.lead?.id ?? "",
          plan: planText(session.plan),
        }}
        zone={session.time_zone}
        error={save.error}
        onSubmit={(body) => save.mutate(body)}
      >
        {isStale ? (
          <Banner
            look="warn"
            role="alert"
            action={
              <Button onClick={onFresh}>
                <Trans>Show what it is now</Trans>
              </Button>
            }
          >
            <Trans>Somebody else changed this session meanwhile. Nothing of yours was saved.</Trans>
          </Banner>
        ) : (
          save.error && <Failed error={save.error} />
        )}
        <div className="actions">
          <Button type="submit" look="primary" busy={save.isPending && <Trans>Saving</Trans>}>
            <Trans>Save</Trans>
          </Button>
          <Button onClick={onClose}>
            <Trans>Close</Trans>
          </Button>
        </div>
      </SessionForm>
      <hr className="border-border" />
      <CancelSession session={session} due={program.enrolled} onClose={onClose} />
    </>
  );
}

function CancelSession({ session, due, onClose }: { session: Session; due: number; onClose: () => void }) {
  const { t } = useLingui();
  const changed = useChanged();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const title = session.title;
  const cancel = useMutation({
    mutationFn: () =>
      api<Session>("POST", `/sessions/${session.id}/cancel`, {
        body: reason.trim() ? { reason: reason.trim() } : {},
      }),
    onSuccess: async () => {
      await changed();
      say(t`The session is cancelled.`);
      onClose();
    },
  });
  return (
    <>
      <Button look="danger" className="justify-self-start" onClick={() => setAsking(true)}>
        <Trans>Cancel this session</Trans>
      </Button>
      {asking && (
        <Dialog title={t`Cancel ${title}?`} onClose={() => setAsking(false)}>
          <p>
            <Plural
              value={due}
              _0="It stays in the timetable, marked as cancelled. Nobody is enrolled, so nobody misses it."
              one="It stays in the timetable, marked as cancelled. # person will see that it is cancelled."
              other="It stays in the timetable, marked as cancelled. # people will see that it is cancelled."
            />
          </p>
          <TextField
            label={t`Why`}
            hint={t`People read it in their day. You can leave it empty.`}
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          {cancel.error && <Failed error={cancel.error} />}
          <div className="actions">
            <Button data-safe onClick={() => setAsking(false)}>
              <Trans>Keep it</Trans>
            </Button>
            <Button
              look="dangerFill"
              onClick={() => cancel.mutate()}
              busy={cancel.isPending && <Trans>Cancelling</Trans>}
            >
              <Trans>Cancel this session</Trans>
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** What began, ended or was cancelled is not planned any more. */
function Past({ session }: { session: Session }) {
  const date = dateOf(session.starts_local.slice(0, 10), "long");
  const from = localTime(session.starts_local);
  const to = localTime(session.ends_local);
  const zone = zoneName(session.time_zone);
  return (
    <div className="grid gap-4">
      <div>
        <p className="text-lg font-semibold">{session.title}</p>
        <p className="muted">
          <Trans>
            {date}, {from} to {to}, {zone} time
          </Trans>
        </p>
      </div>
      {session.summary && <p>{session.summary}</p>}
      {session.state === "cancelled" ? (
        <Banner look="warn">
          {session.cancel_reason ? (
            <Trans>Cancelled. {session.cancel_reason}</Trans>
          ) : (
            <Trans>This session was cancelled.</Trans>
          )}
        </Banner>
      ) : (
        <div className="actions">
          {session.state === "live" && (
            <Link to="/sessions/$id/room" params={{ id: session.id }} className={button({ look: "primary" })}>
              <Trans>Go in</Trans>
            </Link>
          )}
          <Link to="/manage/sessions/$id/attendance" params={{ id: session.id }} className={button()}>
            <Users className="i" aria-hidden />
            <Trans>Who came</Trans>
          </Link>
          <Link to="/sessions/$id/transcript" params={{ id: session.id }} className={button()}>
            <ScrollText className="i" aria-hidden />
            <Trans>Transcript</Trans>
          </Link>
        </div>
      )}
    </div>
  );
}
