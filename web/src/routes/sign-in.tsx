// Signing in.
import { createFileRoute, redirect } from "@tanstack/react-router";

import { SignInPage } from "../features/accounts/sign-in-page";
import { useAccount } from "../lib/account";

interface Search {
  /** Where one wanted to go; a path of ours. */
  next?: string;
}

export const Route = createFileRoute("/sign-in")({
  validateSearch: ({ next }: Record<string, unknown>): Search =>
    typeof next === "string" && /^\/(?![/\\])/.test(next) ? { next } : {},
  beforeLoad: ({ search }) => {
    if (useAccount.getState().me) throw redirect({ to: search.next ?? "/", replace: true });
  },
  component: SignInPage,
});
