// The frame for participants and strangers: few places, always in the same spot; on phones they are at the thumb.
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { CalendarDays, CircleUserRound, LogIn, Sun } from "lucide-react";
import type { ReactNode } from "react";

import { Organisation } from "../components/brand";
import { Avatar } from "../components/ui/avatar";
import { button } from "../components/ui/button";
import { Toasts } from "../components/ui/toast";
import type { Me } from "../contract/types";
import { HelpButton } from "../components/help-button";
import { LookButton } from "../components/look-button";

export function ParticipantShell({ me, children }: { me: Me | null; children: ReactNode }) {
  const { t } = useLingui();
  return (
    <div className="page" data-shell="participant">
      <div className="topbar-wrap">
        <header className="topbar">
          <Link to="/" className="org">
            <Organisation />
          </Link>
          <nav className="topnav" aria-label={t`Main`}>
            <Places me={me} />
          </nav>
          <span className="flex-1" />
          <LookButton className={button({ look: "quiet", className: "look-button" })} />
          <HelpButton className={button({ look: "quiet", className: "look-button" })} />
          {me ? (
            <Link to="/me" className="me-link hide-narrow">
              <Avatar name={me.name} />
              <span>{me.name.split(" ")[0]}</span>
            </Link>
          ) : (
            <Link to="/sign-in" className={button({ className: "hide-narrow" })}>
              <Trans>Sign in</Trans>
            </Link>
          )}
        </header>
      </div>
      <main id="main">{children}</main>
      <Toasts />
      <nav className="tabbar" aria-label={t`Main`}>
        <Places me={me} />
        {me ? (
          <Link to="/me">
            <CircleUserRound className="i" aria-hidden />
            <Trans>Me</Trans>
          </Link>
        ) : (
          <Link to="/sign-in">
            <LogIn className="i" aria-hidden />
            <Trans>Sign in</Trans>
          </Link>
        )}
      </nav>
    </div>
  );
}

/** Where one can go, in the bar at the top and at the thumb. */
function Places({ me }: { me: Me | null }) {
  return (
    <>
      {me && (
        <Link to="/my-day">
          <Sun className="i" aria-hidden />
          <Trans>My day</Trans>
        </Link>
      )}
      <Link to="/programs">
        <CalendarDays className="i" aria-hidden />
        <Trans>Programs</Trans>
      </Link>
    </>
  );
}
