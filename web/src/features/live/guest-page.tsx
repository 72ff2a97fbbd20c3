// Coming into one session without an account: a name, then the device check and the waiting room.
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useCallback, useState } from "react";

import { TextField } from "../../components/ui/field";
import type { Page, Session } from "../../contract/types";
import { api, Refused } from "../../lib/api";
import { usePageTitle } from "../../lib/page";
import { Porch } from "./components/porch";
import { Wait } from "./components/wait";
import { WayOut } from "./components/way-out";
import { JOIN_WITHIN } from "./doors";
import type { Seat } from "./engine/protocol";
import { keepGuest, keptGuest } from "./guest-kept";
import { Opening } from "./room-page";

interface Props {
  sessionId: string;
  /** The program, by its slug. */
  program: string;
}

const DAY = 86_400_000;

export function GuestPage({ sessionId, program }: Props) {
  const { t } = useLingui();
  const [name, setName] = useState(keptGuest(sessionId)?.name ?? null);
  const [attempt, setAttempt] = useState(0);
  const again = useCallback(() => setAttempt((n) => n + 1), []);
  const sessions = useQuery({
    queryKey: ["program-sessions", program, "guest"],
    queryFn: () => {
      const from = new Date(Date.now() - DAY).toISOString();
      return api<Page<Session>>(
        "GET",
        `/programs/${encodeURIComponent(program)}/sessions?from=${from}&limit=100`,
      );
    },
    staleTime: 0,
  });
  const session = sessions.data?.items.find((one) => one.id === sessionId);
  usePageTitle(session?.title ?? t`Come in as a guest`);
  if (sessions.isPending) return <Wait />;
  if (!session) {
    const problem = sessions.error instanceof Refused ? sessions.error.problem : null;
    return (
      <WayOut
        phase="failed"
        problem={problem}
        session={null}
        minutes={null}
        onComeBack={() => void sessions.refetch()}
      />
    );
  }
  if (name === null) return <AskName session={session} onName={setName} />;
  const join = () => knock(sessionId, name);
  return <Opening key={attempt} session={session} join={join} onComeBack={again} />;
}

/** Asks to come in, as the same person as before if this page was in already. */
async function knock(sessionId: string, name: string): Promise<Seat> {
  const ask = (token?: string) =>
    api<Seat>("POST", `/sessions/${sessionId}/guests`, {
      body: { name, token },
      signal: AbortSignal.timeout(JOIN_WITHIN),
    });
  const seat = await ask(keptGuest(sessionId)?.token).catch((error: unknown) => {
    const stale = error instanceof Refused && error.field("token") !== undefined;
    if (stale) return ask();
    throw error;
  });
  keepGuest(sessionId, { name, token: seat.token });
  return seat;
}

function AskName({ session, onName }: { session: Session; onName: (name: string) => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string>();
  const lead = session.lead?.name;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const name = typed.trim();
    if (name === "") return setError(t`Write the name that the others shall see.`);
    if (name.length > 80) return setError(t`Keep the name under 80 letters.`);
    onName(name);
  };
  return (
    <Porch phase="guest">
      <main id="main" tabIndex={-1} className="lb-out lb-card">
        <h1>{session.title}</h1>
        <p>
          {lead ? (
            <Trans>You come as a guest. {lead} lets you in.</Trans>
          ) : (
            <Trans>You come as a guest. A host lets you in.</Trans>
          )}
        </p>
        <form className="form" noValidate onSubmit={submit}>
          <TextField
            label={t`Your name`}
            hint={t`The others see it, and it stands in the record of who came.`}
            autoComplete="name"
            value={typed}
            error={error}
            onChange={(event) => setTyped(event.target.value)}
          />
          <div className="lb-out-links">
            <button type="submit" className="lb-button lb-primary">
              <Trans>Go on</Trans>
            </button>
          </div>
        </form>
      </main>
    </Porch>
  );
}
