/** A button above the board: its word stands beside it, but on a phone. */
import type { ReactNode } from "react";

interface Props {
  icon: ReactNode;
  pressed?: boolean;
  opensDialog?: boolean;
  onPress: () => void;
  children: ReactNode;
}

export function HeadButton({ icon, pressed, opensDialog, onPress, children }: Props) {
  return (
    <button
      type="button"
      className="lr-quiet bd-head-button"
      aria-pressed={pressed}
      aria-haspopup={opensDialog ? "dialog" : undefined}
      data-opens={pressed === undefined ? undefined : "board-list"}
      onClick={onPress}
    >
      {icon}
      <span>{children}</span>
    </button>
  );
}
