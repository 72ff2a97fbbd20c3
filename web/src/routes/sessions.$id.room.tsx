// The live room of a session.
import { createFileRoute } from "@tanstack/react-router";

import { signedIn } from "../app/guards";
import { RoomPage } from "../features/live/room-page";

export const Route = createFileRoute("/sessions/$id/room")({ beforeLoad: signedIn, component: Page });

function Page() {
  const { id } = Route.useParams();
  return <RoomPage key={id} sessionId={id} />;
}
