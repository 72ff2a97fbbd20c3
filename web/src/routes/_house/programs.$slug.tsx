// A program's public page.
import { createFileRoute } from "@tanstack/react-router";

import { ProgramPage } from "../../features/programs/program-page";

export const Route = createFileRoute("/_house/programs/$slug")({ component: Page });

function Page() {
  const { slug } = Route.useParams();
  return <ProgramPage key={slug} slug={slug} />;
}
