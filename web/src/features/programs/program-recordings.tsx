// The recordings of a program, for those who take part in it.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CirclePlay } from "lucide-react";

import { Loaded } from "../../components/ui/loaded";
import type { Program, ProgramRecordings as Listed } from "../../contract/types";
import { useAccount } from "../../lib/account";
import { browserZone, dateOf, dayOf } from "../../lib/times";
import { recordingsOfQuery } from "./queries";

/** Of more the older ones are in "My day" of their days. */
const SHOWN = 12;

export function ProgramRecordings({ program }: { program: Program }) {
  const isAdmin = useAccount((account) => account.me?.role === "admin");
  const attends = ["active", "completed"].includes(program.my?.enrollment?.status ?? "");
  return attends || program.my?.part || isAdmin ? <Recordings programId={program.id} /> : null;
}

function Recordings({ programId }: { programId: string }) {
  const { t } = useLingui();
  const query = useQuery(recordingsOfQuery(programId));
  if (query.data?.recordings.length === 0) return null;
  return (
    <section aria-labelledby="recordings">
      <h2 id="recordings">
        <Trans>Recordings</Trans>
      </h2>
      <Loaded query={query} label={t`Loading recordings`}>
        {({ recordings }) => (
          <ul className="card divide sess-card">
            {recordings.slice(0, SHOWN).map((one) => (
              <Row key={one.recording.id} {...one} />
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function Row({ title, recording }: Listed["recordings"][number]) {
  const minutes = Math.max(1, Math.round(recording.ms / 60_000));
  const date = dateOf(dayOf(recording.started_at, browserZone()), "long");
  return (
    <li className="sess">
      <CirclePlay className="i" aria-hidden />
      <div className="min-w-0">
        <h3>
          <Link
            to="/sessions/$id/replay"
            params={{ id: recording.session_id }}
            search={{ part: recording.id }}
            className="link"
          >
            {title}
          </Link>
        </h3>
        <p className="muted text-sm">
          {date}, <Plural value={minutes} one="# minute" other="# minutes" />
        </p>
      </div>
    </li>
  );
}
