// The front door leads on: to the day, to the overview, or to signing in.
import { createFileRoute, redirect } from "@tanstack/react-router";

import { isStaff, useAccount } from "../lib/account";

export const Route = createFileRoute("/")({
  beforeLoad: () => {
    const { me } = useAccount.getState();
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way of leading on
    throw redirect({ to: !me ? "/sign-in" : isStaff(me) ? "/overview" : "/my-day" });
  },
});
