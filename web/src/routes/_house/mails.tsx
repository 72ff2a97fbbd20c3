// The house's outbox, for admins.
import { createFileRoute } from "@tanstack/react-router";

import { adminOnly } from "../../app/guards";
import { MailsPage } from "../../features/accounts/mails-page";

export const Route = createFileRoute("/_house/mails")({ beforeLoad: adminOnly, component: MailsPage });
