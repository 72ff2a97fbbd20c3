// The transcript of a session.
import { createFileRoute } from "@tanstack/react-router";

import { signedIn } from "../../app/guards";
import { TranscriptPage } from "../../features/live/transcript-page";

export const Route = createFileRoute("/_house/sessions/$id/transcript")({
  beforeLoad: signedIn,
  component: Page,
});

function Page() {
  const { id } = Route.useParams();
  return <TranscriptPage key={id} sessionId={id} />;
}
