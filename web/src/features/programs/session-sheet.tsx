// One session: plan it, change it, cancel it.
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ScrollText, Users } from "lucide-react";
import { useState } from "react";

import { Banner } from "../../components/ui/banner";
import { button } from "../../components/ui/button";
import { Dialog } from "../../components/ui/dialog";
import { Loaded } from "../../components/ui/loaded";
import type { Program, Series, Session } from "../../contract/types";
import type { Versioned } from "../../lib/api";
import { dateOf, localTime, zoneName } from "../../lib/times";
import { EditOfSeries, EditSession } from "./edit-session";
import { NewSession } from "./new-session";
import { seriesQuery, sessionQuery } from "./queries";
import "./series.css";

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

function Known({ id, program, onClose }: Props) {
  const { t } = useLingui();
  const query = useQuery(sessionQuery(id));
  return (
    <Loaded query={query} label={t`Loading the session`} rows={4}>
      {(session) => {
        const fresh = () => query.refetch().then(({ data }) => data);
        const series = session.data.series_id;
        if (session.data.state !== "scheduled") return <Past session={session.data} />;
        return series ? (
          <OfSeries series={series} {...{ session, program, onClose, fresh }} />
        ) : (
          <Alone {...{ session, program, onClose, fresh }} />
        );
      }}
    </Loaded>
  );
}

interface KnownProps extends Omit<Props, "id"> {
  session: Versioned<Session>;
  fresh: () => Promise<Versioned<Session> | undefined>;
}

// What somebody writes is not lost when the session is fetched anew; it begins again only when they ask for it.
function Alone({ session, program, onClose, fresh }: KnownProps) {
  const [base, setBase] = useState(session);
  return (
    <EditSession
      key={base.version}
      base={base}
      program={program}
      onClose={onClose}
      onFresh={() => void fresh().then((found) => found && setBase(found))}
    />
  );
}

function OfSeries({ series, ...known }: KnownProps & { series: string }) {
  const { t } = useLingui();
  const query = useQuery(seriesQuery(series));
  return (
    <Loaded query={query} label={t`Loading the session`} rows={4}>
      {(loaded) => (
        <OneOfMany {...known} series={loaded} freshSeries={() => query.refetch().then(({ data }) => data)} />
      )}
    </Loaded>
  );
}

interface OneOfManyProps extends KnownProps {
  series: Versioned<Series>;
  freshSeries: () => Promise<Versioned<Series> | undefined>;
}

function OneOfMany({ session, series, program, onClose, fresh, freshSeries }: OneOfManyProps) {
  const [base, setBase] = useState({ session, series, time: 0 });
  return (
    <EditOfSeries
      key={base.time}
      base={base.session}
      series={base.series}
      program={program}
      onClose={onClose}
      onFresh={() =>
        void Promise.all([fresh(), freshSeries()]).then(([one, all]) => {
          if (one && all) setBase(({ time }) => ({ session: one, series: all, time: time + 1 }));
        })
      }
    />
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
