// The recordings of a session.
import { createFileRoute } from "@tanstack/react-router";

import { signedIn } from "../../app/guards";
import { ReplayPage } from "../../features/live/replay/replay-page";

interface Search {
  /** The id of one of its recordings. */
  part?: string;
  /** Seconds after its beginning. */
  t?: number;
}

export const Route = createFileRoute("/_house/sessions/$id/replay")({
  beforeLoad: signedIn,
  validateSearch: ({ part, t }: Record<string, unknown>): Search => ({
    ...(typeof part === "string" ? { part } : {}),
    ...(typeof t === "number" && t >= 0 ? { t } : {}),
  }),
  component: Page,
});

function Page() {
  const { id } = Route.useParams();
  const { part, t = 0 } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <ReplayPage
      key={`${id} ${t}`}
      sessionId={id}
      part={part}
      from={t}
      onPart={(chosen) => void navigate({ search: { part: chosen } })}
    />
  );
}
