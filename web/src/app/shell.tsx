// The frame around every page but the room: which one depends on who is signed in.
import { Trans } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect } from "react";

import { Banner } from "../components/ui/banner";
import { isStaff, useAccount } from "../lib/account";
import { listen } from "../lib/notices";
import { useReach } from "../lib/reach";
import { ParticipantShell } from "./participant-shell";

// Staff's frame is of no use to a participant, whose first page should come quickly.
const StaffShell = lazy(() => import("./staff-shell"));

export function Shell({ children }: { children: ReactNode }) {
  const me = useAccount((account) => account.me);
  const queries = useQueryClient();
  const id = me?.id;
  useEffect(() => (id ? listen(queries) : undefined), [id, queries]);
  const content = (
    <>
      <Reach />
      {children}
    </>
  );
  if (!isStaff(me)) return <ParticipantShell me={me ?? null}>{content}</ParticipantShell>;
  return (
    <Suspense>
      <StaffShell>{content}</StaffShell>
    </Suspense>
  );
}

/** Says calmly that the server does not answer; what is on the page stays. */
function Reach() {
  const reach = useReach((state) => state.reach);
  return (
    <div role="status">
      {reach !== "here" && (
        <div className="wide py-3">
          <Banner look="warn">
            {reach === "away" ? (
              <Trans>
                We cannot reach the server just now. What you see may be a little old. We keep trying.
              </Trans>
            ) : (
              <Trans>We are not quite ready. We keep trying, you do not need to do anything.</Trans>
            )}
          </Banner>
        </div>
      )}
    </div>
  );
}
