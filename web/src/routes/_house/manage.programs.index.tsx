// The programs somebody runs.
import { createFileRoute } from "@tanstack/react-router";

import { staffOnly } from "../../app/guards";
import { ManagePage } from "../../features/programs/manage-page";

interface Search {
  /** The form of a new program is open. */
  new?: boolean;
}

export const Route = createFileRoute("/_house/manage/programs/")({
  beforeLoad: staffOnly,
  validateSearch: (search: Record<string, unknown>): Search => (search.new ? { new: true } : {}),
  component: Page,
});

function Page() {
  const search = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <ManagePage
      isAdding={search.new ?? false}
      onAdd={(adding) => void navigate({ search: adding ? { new: true } : {} })}
    />
  );
}
