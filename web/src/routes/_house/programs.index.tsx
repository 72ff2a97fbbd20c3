// The catalogue.
import { createFileRoute } from "@tanstack/react-router";

import type { Kind } from "../../contract/types";
import { CataloguePage } from "../../features/programs/catalogue-page";

interface Search {
  /** Only programs of this kind. */
  kind?: Kind;
}

const KINDS: Kind[] = ["day_program", "course", "workshop", "event"];

export const Route = createFileRoute("/_house/programs/")({
  validateSearch: ({ kind }: Record<string, unknown>): Search => {
    const known = KINDS.find((one) => one === kind);
    return known ? { kind: known } : {};
  },
  component: Page,
});

function Page() {
  const { kind } = Route.useSearch();
  const navigate = Route.useNavigate();
  return (
    <CataloguePage
      kind={kind}
      onKind={(chosen) =>
        void navigate({ search: chosen ? { kind: chosen } : {}, replace: true, resetScroll: false })
      }
    />
  );
}
