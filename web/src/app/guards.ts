// Who may open a page. The server decides again about everything on it.
import { redirect } from "@tanstack/react-router";

import { isStaff, useAccount } from "../lib/account";

interface Opening {
  location: { href: string };
}

/** Pages of one's own; a stranger signs in first and is led back. */
export function signedIn({ location }: Opening) {
  const { me } = useAccount.getState();
  if (me === null) throw redirect({ to: "/sign-in", search: { next: location.href } });
}

/** The workspace of staff. */
export function staffOnly(opening: Opening) {
  signedIn(opening);
  const { me } = useAccount.getState();
  if (me && !isStaff(me)) throw redirect({ to: "/my-day" });
}

export function adminOnly(opening: Opening) {
  staffOnly(opening);
  const { me } = useAccount.getState();
  if (me && me.role !== "admin") throw redirect({ to: "/overview" });
}
