/** How the room is looked at, as two or three buttons with words: in the header, and under More on a phone. */
import { useLingui } from "@lingui/react/macro";
import { LayoutGrid, Leaf, Monitor, User } from "lucide-react";
import type { ReactNode } from "react";
import type { View } from "../layout/cast";

export interface ViewProps {
  view: View;
  /** Somebody else's screen is there to be seen. */
  sharing: boolean;
  onView: (view: View) => void;
}

interface Choice {
  view: View;
  word: string;
  icon: ReactNode;
}

export function useViews(sharing: boolean): Choice[] {
  const { t } = useLingui();
  return [
    { view: "everyone", word: t`Everyone`, icon: <LayoutGrid className="lr-icon" aria-hidden="true" /> },
    sharing
      ? { view: "speaker", word: t`Screen`, icon: <Monitor className="lr-icon" aria-hidden="true" /> }
      : { view: "speaker", word: t`Speaker`, icon: <User className="lr-icon" aria-hidden="true" /> },
    { view: "calm", word: t`Calm`, icon: <Leaf className="lr-icon" aria-hidden="true" /> },
  ];
}

export function ViewSwitch({ view, sharing, onView, icons }: ViewProps & { icons: boolean }) {
  const { t } = useLingui();
  return (
    <div className="lr-views" role="group" aria-label={t`View`}>
      {useViews(sharing).map((choice) => (
        <button
          key={choice.view}
          type="button"
          aria-pressed={choice.view === view}
          onClick={() => onView(choice.view)}
        >
          {icons && choice.icon}
          {choice.word}
        </button>
      ))}
    </div>
  );
}
