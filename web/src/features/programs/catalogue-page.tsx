// The catalogue: what one can take part in.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check } from "lucide-react";

import { ActivityMark } from "../../components/ui/activity-mark";
import { Badge } from "../../components/ui/badge";
import { Select } from "../../components/ui/field";
import { Empty } from "../../components/ui/empty";
import { Loaded } from "../../components/ui/loaded";
import type { Kind, Program } from "../../contract/types";
import { usePageTitle } from "../../lib/page";
import "./programs.css";
import { KindName, money, PlacesLeft } from "./program-words";
import { programsQuery } from "./queries";

const KINDS: Kind[] = ["day_program", "course", "workshop", "event"];

interface Props {
  kind: Kind | undefined;
  onKind: (kind: Kind | undefined) => void;
}

export function CataloguePage({ kind, onKind }: Props) {
  const { t } = useLingui();
  const query = useQuery(programsQuery(false));
  usePageTitle(t`Programs`);
  return (
    <div className="wide pb-16 pt-6">
      <h1 className="title mb-1">
        <Trans>Programs</Trans>
      </h1>
      <p className="muted mb-6">
        <Trans>Choose what you would like to take part in.</Trans>
      </p>
      <Loaded query={query} label={t`Loading programs`}>
        {(programs) => {
          const open = programs.filter((program) => program.status === "published");
          if (open.length === 0)
            return (
              <Empty title={<Trans>No programs are open now.</Trans>}>
                <Trans>When there is one, it stands here.</Trans>
              </Empty>
            );
          const kinds = KINDS.filter((one) => open.some((program) => program.kind === one));
          // A kind that is gone meanwhile must not leave an empty page behind.
          const chosen = kinds.find((one) => one === kind);
          const shown = open.filter((program) => !chosen || program.kind === chosen);
          const names = {
            day_program: t`Day programs`,
            course: t`Courses`,
            workshop: t`Workshops`,
            event: t`Events`,
          };
          return (
            <>
              {kinds.length > 1 && (
                <Select
                  label={t`Kind`}
                  className="mb-6 max-w-xs"
                  value={chosen ?? ""}
                  onChange={({ target }) => onKind(KINDS.find((one) => one === target.value))}
                >
                  <option value="">{t`Everything`}</option>
                  {kinds.map((one) => (
                    <option key={one} value={one}>
                      {names[one]}
                    </option>
                  ))}
                </Select>
              )}
              <p className="sr-only" role="status">
                <Plural value={shown.length} one="# program" other="# programs" />
              </p>
              <ul className="program-cards">
                {shown.map((program) => (
                  <ProgramCard key={program.id} program={program} />
                ))}
              </ul>
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

function ProgramCard({ program }: { program: Program }) {
  const enrollment = program.my?.enrollment;
  const place = enrollment?.place_in_line ?? 0;
  return (
    <li className="card program-card">
      <div className="flex items-start gap-4">
        <ActivityMark icon={program.icon} tone={program.tone} />
        <div className="min-w-0 flex-1">
          <p className="muted text-sm">
            <KindName kind={program.kind} />
          </p>
          <h2 className="text-lg">
            <Link to="/programs/$slug" params={{ slug: program.slug }} className="program-card-link">
              {program.title}
            </Link>
          </h2>
        </div>
      </div>
      <p className="flex-1">{program.summary}</p>
      <p className="program-card-foot">
        {enrollment?.status === "active" ? (
          <Badge look="good">
            <Check className="i" aria-hidden />
            <Trans>You have a place</Trans>
          </Badge>
        ) : enrollment?.status === "waitlisted" ? (
          <Badge look="info">
            <Plural value={place} one="You are next in line" other="You are number # in line" />
          </Badge>
        ) : (
          <span>
            <PlacesLeft program={program} />
          </span>
        )}
        <span className="ms-auto font-semibold">
          {program.price_cents > 0 ? money(program.price_cents, program.currency) : <Trans>Free</Trans>}
        </span>
      </p>
    </li>
  );
}
