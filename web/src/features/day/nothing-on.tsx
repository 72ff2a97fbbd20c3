// A day without sessions: the fact, and what is next.
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { button } from "../../components/ui/button";
import { Empty } from "../../components/ui/empty";
import { useAccount } from "../../lib/account";
import { addDays, dateOf, timeOf } from "../../lib/times";
import { dayQuery } from "./queries";

export function NothingOn({ date, isToday }: { date: string; isToday: boolean }) {
  const isParticipant = useAccount((account) => account.me?.role === "participant");
  const { data } = useQuery(dayQuery(addDays(date, 1)));
  const next = data?.items.find((item) => item.state !== "cancelled")?.session;
  const title = next?.title;
  const time = next && data ? timeOf(next.starts_at, data.time_zone) : "";
  const day = dateOf(addDays(date, 1), "long");
  return (
    <Empty
      title={isToday ? <Trans>Nothing on today.</Trans> : <Trans>Nothing on this day.</Trans>}
      action={
        !next && isParticipant ? (
          <Link to="/programs" className={button({ look: "primary" })}>
            <Trans>Look at the programs</Trans>
          </Link>
        ) : undefined
      }
    >
      {next && isToday && (
        <Trans>
          Your next session is {title}, tomorrow at {time}.
        </Trans>
      )}
      {next && !isToday && (
        <Trans>
          The next one is {title}, {day} at {time}.
        </Trans>
      )}
      {!next && isParticipant && <Trans>When you have a place in a program, its sessions stand here.</Trans>}
    </Empty>
  );
}
