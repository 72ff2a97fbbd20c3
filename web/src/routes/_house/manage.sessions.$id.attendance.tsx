// Who came.
import { createFileRoute } from "@tanstack/react-router";

import { staffOnly } from "../../app/guards";
import { WhoCamePage } from "../../features/attendance/who-came-page";

export const Route = createFileRoute("/_house/manage/sessions/$id/attendance")({
  beforeLoad: staffOnly,
  component: Page,
});

function Page() {
  const { id } = Route.useParams();
  return <WhoCamePage key={id} sessionId={id} />;
}
