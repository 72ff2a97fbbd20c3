// A fact in a word, with an icon; the live badge is the sun's.
import type { ReactNode } from "react";

type Look = "plain" | "good" | "warn" | "bad" | "info" | "live" | "outline";

export function Badge({ look = "plain", children }: { look?: Look; children: ReactNode }) {
  return (
    <span className={`badge badge-${look}`}>
      {look === "live" && <span className="dot" aria-hidden />}
      {children}
    </span>
  );
}
