// The next sessions of a program, on its public page.
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ban } from "lucide-react";

import { Badge } from "../../components/ui/badge";
import { Loaded } from "../../components/ui/loaded";
import type { Program, Session } from "../../contract/types";
import { useAccount } from "../../lib/account";
import { useNow } from "../../lib/clock";
import { dateOf, dayOf, localTime } from "../../lib/times";
import { upcomingQuery } from "./queries";

export function useUpcoming(program: Program) {
  const today = dayOf(useNow(), program.time_zone);
  return useQuery(upcomingQuery(program.id, today));
}

export function ProgramSessions({ program }: { program: Program }) {
  const { t } = useLingui();
  const query = useUpcoming(program);
  const today = dayOf(useNow(), program.time_zone);
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">
        <Trans>Next sessions</Trans>
      </h2>
      <Loaded query={query} label={t`Loading sessions`}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">
              <Trans>No sessions are planned yet.</Trans>
            </p>
          ) : (
            <ol className="card divide sess-card">
              {items.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  today={today}
                  guestsOf={program.guests ? program.slug : null}
                />
              ))}
            </ol>
          )
        }
      </Loaded>
    </section>
  );
}

interface RowProps {
  session: Session;
  today: string;
  /** The program whose guests may come in, by its slug. */
  guestsOf: string | null;
}

function SessionRow({ session, today, guestsOf }: RowProps) {
  const isStranger = useAccount((account) => account.me === null);
  const now = useNow();
  const open =
    session.state === "live" || (session.state === "scheduled" && Date.parse(session.can_join_at) <= now);
  const day = session.starts_local.slice(0, 10);
  const from = localTime(session.starts_local);
  const to = localTime(session.ends_local);
  return (
    <li className="sess">
      <p className="sess-date">
        <b>{dateOf(day, "day")}</b>
        <span>{dateOf(day, "month")}</span>
      </p>
      <div className="min-w-0">
        <h3 className={session.state === "cancelled" ? "line-through" : ""}>{session.title}</h3>
        <p className="muted text-sm">
          {dateOf(day, "weekday")},{" "}
          <Trans>
            {from} to {to}
          </Trans>
        </p>
        {session.summary && <p className="muted text-sm">{session.summary}</p>}
        {guestsOf && isStranger && open && (
          <Link
            to="/sessions/$id/guest"
            params={{ id: session.id }}
            search={{ program: guestsOf }}
            className="link"
          >
            <Trans>Come in as a guest</Trans>
          </Link>
        )}
      </div>
      {session.state === "cancelled" ? (
        <Badge look="outline">
          <Ban className="i" aria-hidden />
          <Trans>Cancelled</Trans>
        </Badge>
      ) : session.state === "live" ? (
        <Badge look="live">
          <Trans>On now</Trans>
        </Badge>
      ) : day === today && session.state === "scheduled" ? (
        <Badge look="live">
          <Trans>Today, {from}</Trans>
        </Badge>
      ) : null}
    </li>
  );
}
