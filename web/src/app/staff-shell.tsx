// The workspace of staff: a rail with what is on now and the places to go; a bar with a menu on small screens.
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useLocation } from "@tanstack/react-router";
import { Layers, LayoutDashboard, Menu, Sun, Users, X } from "lucide-react";
import { type ReactNode, useState } from "react";

import { Organisation } from "../components/brand";
import { Avatar } from "../components/ui/avatar";
import { Button } from "../components/ui/button";
import { Toasts } from "../components/ui/toast";
import type { Role } from "../contract/types";
import { NowBox } from "../features/day/now-box";
import { useAccount } from "../lib/account";
import { HelpButton } from "../components/help-button";
import { LookButton } from "../components/look-button";

export default function StaffShell({ children }: { children: ReactNode }) {
  const { t } = useLingui();
  const me = useAccount((account) => account.me);
  const [openAt, setOpenAt] = useState<string | null>(null);
  const path = useLocation({ select: (location) => location.pathname });
  // The menu belongs to the page it was opened on: the next page begins without it.
  const open = openAt === path;
  return (
    <div className="staff" data-shell="staff">
      <header className="rail" data-open={open || undefined}>
        <Link to="/" className="org">
          <Organisation />
        </Link>
        <Button
          className="menu-button"
          size="sm"
          aria-expanded={open}
          onClick={() => setOpenAt(open ? null : path)}
        >
          {open ? <X className="i" aria-hidden /> : <Menu className="i" aria-hidden />}
          <Trans>Menu</Trans>
        </Button>
        <NowBox />
        <nav aria-label={t`Main`}>
          <Link to="/overview" className="rail-item">
            <LayoutDashboard className="i" aria-hidden />
            <Trans>Overview</Trans>
          </Link>
          <Link to="/my-day" className="rail-item">
            <Sun className="i" aria-hidden />
            <Trans>My day</Trans>
          </Link>
          <Link to="/manage/programs" className="rail-item">
            <Layers className="i" aria-hidden />
            <Trans>Programs</Trans>
          </Link>
          {me?.role === "admin" && (
            <Link to="/people" className="rail-item">
              <Users className="i" aria-hidden />
              <Trans>People</Trans>
            </Link>
          )}
        </nav>
        <div className="rail-foot">
          <LookButton className="rail-item" />
          <HelpButton className="rail-item" />
          <Link to="/me" className="rail-item">
            <Avatar name={me?.name ?? ""} size="sm" />
            <span>
              {me?.name}
              <small>{me && <RoleName role={me.role} />}</small>
            </span>
          </Link>
        </div>
      </header>
      <main id="main" className="min-w-0">
        {children}
      </main>
      <Toasts />
    </div>
  );
}

function RoleName({ role }: { role: Role }) {
  if (role === "admin") return <Trans>Administrator</Trans>;
  if (role === "instructor") return <Trans>Instructor</Trans>;
  return <Trans>Participant</Trans>;
}
