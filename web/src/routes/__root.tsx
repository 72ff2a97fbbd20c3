// Around every page: the way past the navigation, and the focus after a change of the page.
import { Trans } from "@lingui/react/macro";
import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { button } from "../components/ui/button";
import { focusHeading } from "../lib/page";

export const Route = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Root });

function Root() {
  // Where we have arrived, not where we are on the way to: until then the heading is that of the page before.
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const before = useRef(path);
  useEffect(() => {
    const isFirst = before.current === undefined;
    if (before.current === path) return;
    before.current = path;
    if (isFirst) return;
    return focusHeading();
  }, [path]);
  return (
    <>
      <a href="#main" className={button({ className: "skip" })}>
        <Trans>Skip to the content</Trans>
      </a>
      <Outlet />
    </>
  );
}
