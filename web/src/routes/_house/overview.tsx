// What staff look after today.
import { createFileRoute } from "@tanstack/react-router";

import { staffOnly } from "../../app/guards";
import { OverviewPage } from "../../features/day/overview-page";

export const Route = createFileRoute("/_house/overview")({ beforeLoad: staffOnly, component: OverviewPage });
