// Around every page: the way past the navigation, and the focus after a change of the page.
import { Trans } from "@lingui/react/macro";
import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import { button } from "../components/ui/button";
import { focusHeading } from "../lib/page";

export const Route = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Root });

function Root() {
  const path = useLocation({ select: (location) => location.pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
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
