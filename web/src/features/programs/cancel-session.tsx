// A session does not take place: it alone, or the rest of its series.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { Button } from "../../components/ui/button";
import { Dialog } from "../../components/ui/dialog";
import { TextField } from "../../components/ui/field";
import { Failed } from "../../components/ui/loaded";
import { say } from "../../components/ui/toast";
import type { Session } from "../../contract/types";
import { api } from "../../lib/api";
import { sessionsQuery } from "./queries";
import { type Scope, ScopeChoice } from "./scope-choice";
import { useChanged } from "./use-series";

interface Props {
  session: Session;
  /** How many people are enrolled. */
  due: number;
  onClose: () => void;
}

/** The sessions of a series that have not begun, from one on or all of them; they are what goes. */
function isLeft(one: Session, session: Session, scope: Scope): boolean {
  const isOpen = one.series_id === session.series_id && one.state === "scheduled";
  const from = scope === "after" ? (session.original_start ?? "") : "";
  return isOpen && (one.original_start ?? "") >= from;
}

export function CancelSession({ session, due, onClose }: Props) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const title = session.title;
  return (
    <>
      <Button look="danger" className="justify-self-start" onClick={() => setAsking(true)}>
        <Trans>Cancel this session</Trans>
      </Button>
      {asking && (
        <Dialog title={t`Cancel ${title}?`} onClose={() => setAsking(false)}>
          <Question session={session} due={due} onClose={onClose} onKeep={() => setAsking(false)} />
        </Dialog>
      )}
    </>
  );
}

function Question({ session, due, onClose, onKeep }: Props & { onKeep: () => void }) {
  const { t } = useLingui();
  const changed = useChanged();
  const [reason, setReason] = useState("");
  const [scope, setScope] = useState<Scope>("one");
  const series = session.series_id;
  const cancel = useMutation({
    mutationFn: () => {
      if (scope === "one" || !series)
        return api<unknown>("POST", `/sessions/${session.id}/cancel`, {
          body: reason.trim() ? { reason: reason.trim() } : {},
        });
      const from = scope === "after" && session.original_start;
      return api<unknown>("DELETE", `/series/${series}${from ? `?from=${encodeURIComponent(from)}` : ""}`);
    },
    onSuccess: async () => {
      await changed();
      say(scope === "one" ? t`The session is cancelled.` : t`The sessions are out of the timetable.`);
      onClose();
    },
  });
  return (
    <>
      {series && (
        <ScopeChoice legend={<Trans>What does not take place</Trans>} value={scope} onChange={setScope} />
      )}
      {scope === "one" ? (
        <>
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
        </>
      ) : (
        <Going session={session} scope={scope} />
      )}
      {cancel.error && <Failed error={cancel.error} />}
      <div className="actions">
        <Button data-safe onClick={onKeep}>
          {scope === "one" ? <Trans>Keep it</Trans> : <Trans>Keep them</Trans>}
        </Button>
        <Button
          look="dangerFill"
          onClick={() => cancel.mutate()}
          busy={cancel.isPending && <Trans>Cancelling</Trans>}
        >
          {scope === "one" ? <Trans>Cancel this session</Trans> : <Trans>Take them out</Trans>}
        </Button>
      </div>
    </>
  );
}

function Going({ session, scope }: { session: Session; scope: Scope }) {
  const { data } = useQuery(sessionsQuery(session.program_id));
  const count = data?.filter((one) => isLeft(one, session, scope)).length;
  return (
    <p role="status">
      {count !== undefined && (
        <Plural
          value={count}
          one="# session goes out of the timetable. One in which something was prepared already stays, marked as cancelled."
          other="# sessions go out of the timetable. One in which something was prepared already stays, marked as cancelled."
        />
      )}
    </p>
  );
}
