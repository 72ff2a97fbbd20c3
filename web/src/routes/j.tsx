// A personal join link.
import { createFileRoute } from "@tanstack/react-router";

import { JoinLinkPage } from "../features/accounts/join-link-page";

export const Route = createFileRoute("/j")({ component: JoinLinkPage });
