/** On the way out: what comes next today. Nothing goes on by itself; one button leads in, once there is a way in. */
import { Plural, Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Lock, LogIn } from "lucide-react";
import { useClockFormat } from "../hooks/use-clock";
import type { Next } from "../hooks/use-next-session";

export function NextSession({ next: { item, canJoin, minutes } }: { next: Next }) {
  const format = useClockFormat();
  const { session, program } = item;
  const [from, to] = [format(session.starts_at), format(session.ends_at)];
  const lead = session.lead?.name;
  return (
    <section className="lb-next" aria-labelledby="lb-next">
      <p className="lb-next-when">
        <strong>
          <When minutes={minutes} live={item.state === "live"} />
        </strong>
        <span className="lb-muted">
          <Trans>
            {from} to {to}
          </Trans>
        </span>
      </p>
      <h2 id="lb-next">
        <Trans>Next: {session.title}</Trans>
      </h2>
      <p className="lb-muted">
        {program.title}. {lead && <Trans>With {lead}.</Trans>}
      </p>
      {canJoin ? (
        <Link to="/sessions/$id/room" params={{ id: session.id }} className="lb-button lb-go">
          <LogIn className="lb-icon lb-mirror" aria-hidden="true" />
          <Trans>Join {session.title}</Trans>
        </Link>
      ) : (
        <NotYet opens={format(item.can_join_at)} />
      )}
    </section>
  );
}

function When({ minutes, live }: { minutes: number; live: boolean }) {
  if (live) return <Trans>On now</Trans>;
  if (minutes <= 0) return <Trans>It should have begun</Trans>;
  if (minutes < 60) return <Plural value={minutes} one="In # minute" other="In # minutes" />;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (rest === 0) return <Plural value={hours} one="In # hour" other="In # hours" />;
  return (
    <Trans>
      In {hours} h {rest} min
    </Trans>
  );
}

/** The button stands where it will be; pressing it does nothing, and it says why. */
function NotYet({ opens }: { opens: string }) {
  return (
    <button type="button" className="lb-button lb-not-yet" aria-disabled="true">
      <Lock className="lb-icon" aria-hidden="true" />
      <Trans>You can join from {opens}</Trans>
    </button>
  );
}
