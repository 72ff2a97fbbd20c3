/** The control that shows captions or hides them; the device remembers it. */
import { useLingui } from "@lingui/react/macro";
import { Captions } from "lucide-react";
import { useEffect, useRef } from "react";
import { keep, useDevice } from "../../device";
import type { RoomControl } from "../controls";

export const toggleCaptions = () => keep({ captions: !useDevice.getState().captions });

export function useCaptionsControl(): RoomControl {
  const { t } = useLingui();
  const on = useDevice((device) => device.captions);
  return {
    id: "captions",
    icon: <Captions />,
    word: t`Captions`,
    tip: on ? t`Hide captions` : t`Show captions`,
    look: on ? "on" : "plain",
    pressed: on,
    place: "middle",
    // On a phone it is under More; elsewhere it keeps its place longer than sharing.
    rank: 5,
    shortcut: "captions",
    press: toggleCaptions,
  };
}

/** Says that captions are on or off, once per change. */
export function useCaptionNews(say: (text: string) => void): void {
  const { t } = useLingui();
  const on = useDevice((device) => device.captions);
  const before = useRef(on);
  useEffect(() => {
    if (before.current === on) return;
    before.current = on;
    say(on ? t`Captions are on.` : t`Captions are off.`);
    // Said for a change, not for a new `say`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [on]);
}
