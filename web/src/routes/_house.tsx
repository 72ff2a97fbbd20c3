// Pages in the frame.
import { createFileRoute, Outlet } from "@tanstack/react-router";

import { Shell } from "../app/shell";

export const Route = createFileRoute("/_house")({ component: House });

function House() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}
