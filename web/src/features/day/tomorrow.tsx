// The next day, in short.
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";

import { dateOf, timeOf } from "../../lib/times";
import { dayQuery } from "./queries";

export function Tomorrow({ date, isTomorrow }: { date: string; isTomorrow: boolean }) {
  const { data } = useQuery(dayQuery(date));
  const weekday = dateOf(date, "weekday");
  const long = dateOf(date, "long");
  if (!data) return null;
  const sessions = data.items.filter((item) => item.state !== "cancelled");
  return (
    <section aria-labelledby="tomorrow">
      <h2 id="tomorrow" className="mb-2.5 text-md">
        {isTomorrow ? <Trans>Tomorrow, {weekday}</Trans> : long}
      </h2>
      <div className="card mini-card">
        {sessions.length === 0 ? (
          <p className="muted py-2">
            <Trans>Nothing on.</Trans>
          </p>
        ) : (
          <ul className="divide">
            {sessions.map(({ session }) => (
              <li key={session.id} className="mini">
                <b>{timeOf(session.starts_at, data.time_zone)}</b>
                <span>{session.title}</span>
              </li>
            ))}
          </ul>
        )}
        <Link to="/my-day" search={{ date }} className="link link-row">
          <Trans>See {weekday}</Trans>
          <ArrowRight className="i flip" aria-hidden />
        </Link>
      </div>
    </section>
  );
}
