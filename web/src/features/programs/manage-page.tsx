// The programs somebody runs, and the way to a new one.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";

import { ActivityMark } from "../../components/ui/activity-mark";
import { Badge } from "../../components/ui/badge";
import { Button } from "../../components/ui/button";
import { Empty } from "../../components/ui/empty";
import { Loaded } from "../../components/ui/loaded";
import type { Program } from "../../contract/types";
import { useAccount } from "../../lib/account";
import { usePageTitle } from "../../lib/page";
import { NewProgram } from "./new-program";
import { KindName, StatusName } from "./program-words";
import "./programs.css";
import { programsQuery } from "./queries";

export function ManagePage({ isAdding, onAdd }: { isAdding: boolean; onAdd: (adding: boolean) => void }) {
  const { t } = useLingui();
  const isAdmin = useAccount((account) => account.me?.role === "admin");
  const query = useQuery(programsQuery(!isAdmin));
  usePageTitle(t`Programs`);
  return (
    <div className="work">
      <div className="pagehead pt-6">
        <h1>
          <Trans>Programs</Trans>
        </h1>
        <div className="acts">
          <Button look="primary" onClick={() => onAdd(true)}>
            <Plus className="i" aria-hidden />
            <Trans>New program</Trans>
          </Button>
        </div>
      </div>
      <Loaded query={query} label={t`Loading programs`}>
        {(programs) => {
          const run = isAdmin ? programs : programs.filter((program) => program.my?.part);
          if (run.length === 0)
            return (
              <div className="card">
                <Empty title={<Trans>You do not run a program yet.</Trans>}>
                  <Trans>
                    Begin with its name. You can plan everything else later, and publish when it is ready.
                  </Trans>
                </Empty>
              </div>
            );
          return (
            <ul className="card card-flush divide">
              {run.map((program) => (
                <Row key={program.id} program={program} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      {isAdding && <NewProgram onClose={() => onAdd(false)} />}
    </div>
  );
}

function Row({ program }: { program: Program }) {
  const { enrolled, waiting, capacity } = program;
  return (
    <li>
      <Link to="/manage/programs/$id" params={{ id: program.id }} className="program-row">
        <ActivityMark icon={program.icon} tone={program.tone} />
        <span className="flex-1">
          <strong className="text-md font-semibold">{program.title}</strong>
          <span className="muted block text-sm">
            <KindName kind={program.kind} />
          </span>
        </span>
        <span className="muted text-sm">
          {capacity === null ? (
            <Plural value={enrolled} one="# enrolled" other="# enrolled" />
          ) : (
            <Trans>
              {enrolled} of {capacity} places
            </Trans>
          )}
          {waiting > 0 && (
            <>
              {", "}
              <Plural value={waiting} one="# waiting" other="# waiting" />
            </>
          )}
        </span>
        <Badge
          look={program.status === "published" ? "good" : program.status === "draft" ? "outline" : "plain"}
        >
          <StatusName status={program.status} />
        </Badge>
      </Link>
    </li>
  );
}
