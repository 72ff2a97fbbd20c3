// The workspace of a program.
import { createFileRoute } from "@tanstack/react-router";

import { staffOnly } from "../../app/guards";
import { WorkspacePage, type WorkspaceSearch } from "../../features/programs/workspace-page";

const TABS = ["schedule", "people", "about"] as const;

export const Route = createFileRoute("/_house/manage/programs/$id")({
  beforeLoad: staffOnly,
  validateSearch: ({ tab, week, view, session }: Record<string, unknown>): WorkspaceSearch => ({
    ...(TABS.some((known) => known === tab) && { tab: tab as (typeof TABS)[number] }),
    ...(typeof week === "string" && /^\d{4}-\d\d-\d\d$/.test(week) && { week }),
    ...((view === "list" || view === "week") && { view }),
    ...(typeof session === "string" && { session }),
  }),
  component: Page,
});

function Page() {
  const { id } = Route.useParams();
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <WorkspacePage
      key={id}
      id={id}
      search={search}
      onSearch={(change, replace = false) =>
        void navigate({ search: (now) => said({ ...now, ...change }), replace, resetScroll: false })
      }
    />
  );
}

/** Without what is not said, so that the address stays short. */
function said(search: Record<string, string | undefined>): WorkspaceSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
