// The persistent state of a page in a sentence, with at most one action.
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const ICONS = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

interface Props {
  look?: keyof typeof ICONS;
  /** An error is announced at once, anything else when there is a pause. */
  role?: "alert" | "status";
  action?: ReactNode;
  children: ReactNode;
}

export function Banner({ look = "info", role, action, children }: Props) {
  const Icon = ICONS[look];
  return (
    <div className={`banner banner-${look}`} role={role}>
      <Icon className="i" aria-hidden />
      <div className="banner-text">{children}</div>
      {action}
    </div>
  );
}
