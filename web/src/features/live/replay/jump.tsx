// A moment of the recording, to go to.
import { useLingui } from "@lingui/react/macro";
import type { ComponentProps, ReactNode } from "react";

import { usePlayer } from "./use-player";
import { clock, spoken } from "./words";

interface Props extends Pick<ComponentProps<"button">, "tabIndex" | "aria-describedby"> {
  at: number;
  children: ReactNode;
}

export function Jump({ at, children, ...rest }: Props) {
  const { t, i18n } = useLingui();
  const player = usePlayer();
  const where = spoken(at, i18n.locale);
  return (
    <button
      type="button"
      className="rp-jump"
      title={t`Go to ${where}`}
      onClick={() => player.seek(at)}
      {...rest}
    >
      <span className="rp-when">{clock(at)}</span>
      <span className="rp-what">{children}</span>
    </button>
  );
}
