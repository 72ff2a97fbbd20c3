// The workspace of a program: its timetable, its people, and what it is.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ExternalLink, Plus } from "lucide-react";

import { ActivityMark } from "../../components/ui/activity-mark";
import { Badge } from "../../components/ui/badge";
import { Button, button } from "../../components/ui/button";
import { Loaded } from "../../components/ui/loaded";
import { Tabs } from "../../components/ui/tabs";
import type { Program } from "../../contract/types";
import type { Versioned } from "../../lib/api";
import { usePageTitle } from "../../lib/page";
import { AboutTab } from "./about-tab";
import { GoLiveStrip } from "./go-live-strip";
import { PeopleTab } from "./people-tab";
import { KindName, StatusName } from "./program-words";
import "./programs.css";
import { programQuery } from "./queries";
import "./schedule.css";
import { ScheduleTab } from "./schedule-tab";
import { SessionSheet } from "./session-sheet";

export interface WorkspaceSearch {
  tab?: "schedule" | "people" | "about";
  /** A day of the week that is shown. */
  week?: string;
  view?: "week" | "list";
  /** The session whose sheet is open; `new` for a new one. */
  session?: string;
}

interface Props {
  id: string;
  search: WorkspaceSearch;
  onSearch: (
    change: { [K in keyof WorkspaceSearch]: WorkspaceSearch[K] | undefined },
    replace?: boolean,
  ) => void;
}

export function WorkspacePage(props: Props) {
  const { t } = useLingui();
  const query = useQuery(programQuery(props.id));
  const program = query.data?.data;
  const tab = props.search.tab ?? "schedule";
  const tabName = { schedule: t`Schedule`, people: t`People`, about: t`About` }[tab];
  usePageTitle(tabName, program?.title);
  return (
    <div className="work">
      <nav aria-label={t`Where you are`}>
        <ol className="crumbs">
          <li>
            <Link to="/manage/programs">
              <Trans>Programs</Trans>
            </Link>
          </li>
          {program && <li>{program.title}</li>}
        </ol>
      </nav>
      {!program && (
        <h1 className="sr-only">
          <Trans>Program</Trans>
        </h1>
      )}
      <Loaded query={query} label={t`Loading the program`}>
        {(loaded) => <Workspace {...props} program={loaded} tab={tab} />}
      </Loaded>
    </div>
  );
}

function Workspace({
  id,
  search,
  onSearch,
  program: loaded,
  tab,
}: Props & { program: Versioned<Program>; tab: string }) {
  const { t } = useLingui();
  const program = loaded.data;
  const schedule = (
    <ScheduleTab
      program={program}
      week={search.week}
      view={search.view}
      onWeek={(week) => onSearch({ week }, true)}
      onView={(view) => onSearch({ view }, true)}
      onOpen={(session) => onSearch({ session })}
    />
  );
  return (
    <>
      <Head program={program} onAdd={() => onSearch({ session: "new" })} />
      <GoLiveStrip program={program} />
      <Tabs
        label={t`Parts of the program`}
        value={tab}
        onChange={(value) =>
          onSearch({ tab: value === "schedule" ? undefined : (value as "people" | "about") }, true)
        }
        tabs={[
          { value: "schedule", label: t`Schedule`, content: schedule },
          {
            value: "people",
            label: t`People`,
            count: program.enrolled + program.waiting,
            content: <PeopleTab program={program} />,
          },
          { value: "about", label: t`About`, content: <AboutTab address={id} program={loaded} /> },
        ]}
      />
      {search.session && (
        <SessionSheet
          key={search.session}
          id={search.session}
          program={program}
          onClose={() => onSearch({ session: undefined })}
        />
      )}
    </>
  );
}

function Head({ program, onAdd }: { program: Program; onAdd: () => void }) {
  const { enrolled, waiting } = program;
  return (
    <div className="pagehead">
      <div className="flex items-center gap-4">
        <ActivityMark icon={program.icon} tone={program.tone} size="lg" />
        <div className="min-w-0">
          <h1>{program.title}</h1>
          <p className="sub">
            <KindName kind={program.kind} />.{" "}
            <Plural value={enrolled} one="# person enrolled" other="# people enrolled" />
            {waiting > 0 && (
              <>
                , <Plural value={waiting} one="# waiting" other="# waiting" />
              </>
            )}
            .{" "}
            {program.status !== "published" && (
              <Badge look="outline">
                <StatusName status={program.status} />
              </Badge>
            )}
          </p>
        </div>
      </div>
      <div className="acts">
        <Button onClick={onAdd}>
          <Plus className="i" aria-hidden />
          <Trans>Add session</Trans>
        </Button>
        <Link to="/programs/$slug" params={{ slug: program.slug }} className={button()}>
          <ExternalLink className="i flip" aria-hidden />
          <Trans>Public page</Trans>
        </Link>
      </div>
    </div>
  );
}
