// The live room of a session.
import { createFileRoute } from "@tanstack/react-router";

import { signedIn } from "../app/guards";
import { RoomPage } from "../features/live/room-page";

interface Search {
  /** Camera and sound are looked at first, also by who was in the room before. */
  check?: boolean;
}

export const Route = createFileRoute("/sessions/$id/room")({
  beforeLoad: signedIn,
  validateSearch: ({ check }: Record<string, unknown>): Search => (check === true ? { check } : {}),
  component: Page,
});

function Page() {
  const { id } = Route.useParams();
  const { check = false } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <RoomPage
      key={id}
      sessionId={id}
      check={check}
      // Who reloads the page inside the room comes back into it.
      onInside={() => void (check && navigate({ search: {}, replace: true }))}
    />
  );
}
