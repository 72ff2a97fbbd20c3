// The frame of the pages around the room: the organisation above, the sky behind, the hills at the foot.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { Organisation } from "../../../components/brand";
import { HelpButton } from "../../../components/help-button";
import { Hills } from "../../../components/hills";
import { LookButton } from "../../../components/look-button";
import { button } from "../../../components/ui/button";
import "./lobby.css";

export function Porch({ phase, children }: { phase: string; children: ReactNode }) {
  return (
    <div className="lb-lobby" data-phase={phase} data-shell="participant">
      <header className="lb-top">
        <Link to="/" className="org">
          <Organisation />
        </Link>
        <span className="flex-1" />
        <LookButton className={button({ look: "quiet", className: "look-button" })} />
        <HelpButton className={button({ look: "quiet", className: "look-button" })} />
      </header>
      {children}
      <Hills />
    </div>
  );
}
