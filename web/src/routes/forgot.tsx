// A forgotten password.
import { createFileRoute } from "@tanstack/react-router";

import { ForgotPage } from "../features/accounts/forgot-page";

export const Route = createFileRoute("/forgot")({ component: ForgotPage });
