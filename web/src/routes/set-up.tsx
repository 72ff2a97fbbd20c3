// First-run set-up.
import { createFileRoute } from "@tanstack/react-router";

import { SetUpPage } from "../features/accounts/set-up-page";

export const Route = createFileRoute("/set-up")({ component: SetUpPage });
