// The live room of a session.
import { createFileRoute, redirect } from "@tanstack/react-router";

import { RoomPage } from "../features/live/room-page";
import { useAccount } from "../lib/account";

export const Route = createFileRoute("/sessions/$id/room")({
  beforeLoad: () => {
    // Unknown (the server did not answer) is not nobody: the page itself waits for the server.
    if (useAccount.getState().me === null) throw redirect({ to: "/sign-in" });
  },
  component: Page,
});

function Page() {
  const { id } = Route.useParams();
  return <RoomPage key={id} sessionId={id} />;
}
