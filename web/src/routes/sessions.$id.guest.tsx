// One session without an account, where its program takes guests.
import { createFileRoute } from "@tanstack/react-router";

import { GuestPage } from "../features/live/guest-page";

interface Search {
  /** The program, by its slug. */
  program: string;
}

export const Route = createFileRoute("/sessions/$id/guest")({
  validateSearch: ({ program }: Record<string, unknown>): Search => ({
    program: typeof program === "string" ? program : "",
  }),
  component: Page,
});

function Page() {
  const { id } = Route.useParams();
  const { program } = Route.useSearch();
  return <GuestPage key={id} sessionId={id} program={program} />;
}
