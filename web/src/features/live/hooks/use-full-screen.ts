/** One element over the whole screen. Absent where the browser has none, as on small phones. */
import { type RefObject, useEffect, useState } from "react";

export function useFullScreen(element: RefObject<HTMLElement | null>): [boolean, (() => void) | null] {
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  if (!document.fullscreenEnabled) return [false, null];
  const toggle = () => {
    const done = isFull ? document.exitFullscreen() : element.current?.requestFullscreen();
    done?.catch(() => undefined);
  };
  return [isFull, toggle];
}
