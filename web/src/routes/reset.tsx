// Another password, by a link from a mail.
import { createFileRoute } from "@tanstack/react-router";

import { ResetPage } from "../features/accounts/reset-page";

export const Route = createFileRoute("/reset")({ component: ResetPage });
