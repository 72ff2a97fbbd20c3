// Nothing is here: half a sun on a horizon, a fact, what is next, at most one button.
import type { ReactNode } from "react";

interface Props {
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}

export function Empty({ title, children, action }: Props) {
  return (
    <div className="empty">
      <svg viewBox="0 0 120 60" width="120" height="60" aria-hidden focusable="false">
        <path d="M32 52a28 28 0 0 1 56 0z" fill="var(--sun)" />
        <path d="M8 52h104" stroke="var(--ink)" strokeWidth="3" strokeLinecap="round" />
        <path
          d="M60 6v9M26 20l6 6M94 20l-6 6"
          stroke="var(--sun-line)"
          strokeWidth="3"
          strokeLinecap="round"
          fill="none"
        />
      </svg>
      <p className="empty-title">{title}</p>
      {children && <p className="muted">{children}</p>}
      {action}
    </div>
  );
}
