/** Hold Space to speak: who is muted is heard for as long as the key is down. */
import { useEffect } from "react";

import { useDevice } from "../device";
import { useEngine } from "./use-room";

/** Where Space has a meaning already: it presses, ticks, types or scrolls what is zoomed. */
const HAS_SPACE =
  "button, a, input, textarea, select, summary, dialog, [role='tab'], [contenteditable='true']";

export function useHeldTalk(): void {
  const engine = useEngine();
  const on = useDevice((device) => device.keysOn);
  useEffect(() => {
    if (!on) return;
    let held = false;
    const down = (event: KeyboardEvent) => {
      if (event.key !== " " || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target instanceof Element && event.target.closest(HAS_SPACE)) return;
      event.preventDefault();
      if (held || engine.store.getState().microphone.on) return;
      held = true;
      void engine.setMicrophone(true);
    };
    const release = () => {
      if (!held) return;
      held = false;
      void engine.setMicrophone(false);
    };
    const up = (event: KeyboardEvent) => event.key === " " && release();
    document.addEventListener("keydown", down);
    document.addEventListener("keyup", up);
    // The key may be let go where this page does not see it.
    window.addEventListener("blur", release);
    return () => {
      release();
      document.removeEventListener("keydown", down);
      document.removeEventListener("keyup", up);
      window.removeEventListener("blur", release);
    };
  }, [engine, on]);
}
