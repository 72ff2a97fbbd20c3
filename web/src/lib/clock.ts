// The time now, for what ticks on a page. One timer serves everybody who looks.
import { useSyncExternalStore } from "react";

const STEP = 5_000;
const lookers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

const step = () => Math.floor(Date.now() / STEP) * STEP;

function subscribe(look: () => void): () => void {
  lookers.add(look);
  timer ??= setInterval(() => lookers.forEach((tell) => tell()), STEP);
  return () => {
    lookers.delete(look);
    if (lookers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Now, in milliseconds, in steps of five seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, step);
}
