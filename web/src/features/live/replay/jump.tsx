// A moment of the recording, to go to.
import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { usePlayer } from "./use-player";
import { clock, spoken } from "./words";

export function Jump({ at, children }: { at: number; children: ReactNode }) {
  const { t, i18n } = useLingui();
  const player = usePlayer();
  const where = spoken(at, i18n.locale);
  return (
    <button type="button" className="rp-jump" title={t`Go to ${where}`} onClick={() => player.seek(at)}>
      <span className="rp-when">{clock(at)}</span>
      <span className="rp-what">{children}</span>
    </button>
  );
}
