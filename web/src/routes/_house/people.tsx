// Everybody, for admins.
import { createFileRoute } from "@tanstack/react-router";

import { adminOnly } from "../../app/guards";
import { PeoplePage } from "../../features/accounts/people-page";

export const Route = createFileRoute("/_house/people")({ beforeLoad: adminOnly, component: PeoplePage });
