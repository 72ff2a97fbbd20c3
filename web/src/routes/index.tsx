// The front door leads on: to the day, to the overview, or to signing in.
import { createFileRoute, redirect } from "@tanstack/react-router";

import { isStaff, useAccount } from "../lib/account";

export const Route = createFileRoute("/")({
  beforeLoad: () => {
    const { me } = useAccount.getState();
    throw redirect({ to: !me ? "/sign-in" : isStaff(me) ? "/overview" : "/my-day", replace: true });
  },
});
