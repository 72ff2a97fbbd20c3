// The boards and notes of a session.
import { createFileRoute } from "@tanstack/react-router";

import { signedIn } from "../../app/guards";
import { DocumentsPage } from "../../features/live/documents/documents-page";

export const Route = createFileRoute("/_house/sessions/$id/documents")({
  beforeLoad: signedIn,
  component: Page,
});

function Page() {
  const { id } = Route.useParams();
  return <DocumentsPage key={id} sessionId={id} />;
}
