// Somebody came before the room opens. The page goes on by itself.
import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import type { Session } from "../../../contract/types";
import { usePageTitle } from "../../../lib/page";
import { useDayFormat, useClockFormat } from "../hooks/use-clock";
import { Porch } from "./porch";

export function Early({ session }: { session: Session }) {
  const clock = useClockFormat();
  const day = useDayFormat();
  const heading = useRef<HTMLHeadingElement>(null);
  const opens = clock(session.can_join_at);
  const starts = clock(session.starts_at);
  const on = day(session.starts_at);
  usePageTitle(session.title);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <Porch phase="early">
      <main id="main" tabIndex={-1} className="lb-out lb-card">
        <h1 ref={heading} tabIndex={-1}>
          {session.title}
        </h1>
        <p className="lb-muted">{on}</p>
        <p>
          <Trans>
            The room opens at {opens}. The session starts at {starts}. You can leave this page open; it goes
            on by itself.
          </Trans>
        </p>
        <div className="lb-out-links">
          <Link to="/" className="lb-button">
            <Trans>Back to my day</Trans>
          </Link>
        </div>
      </main>
    </Porch>
  );
}
