// The time now, for what ticks on a page: on the server's clock, because tablets are often wrong by minutes. One timer
// serves everybody who looks.
import { useSyncExternalStore } from "react";

const STEP = 5_000;
/** An answer says its second only, and was some time on its way: less than this is no difference. */
const UNSURE = 1_500;
/** An answer that took longer says little about now. */
const SLOW = 5_000;

const lookers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
/** Server time minus ours, in milliseconds. */
let offset = 0;

/** Takes the server's time from the `Date` of an answer to what was asked at `askedAt`. */
export function noteServerTime(written: string | null, askedAt: number): void {
  const said = Date.parse(written ?? "");
  const now = Date.now();
  if (Number.isNaN(said) || now - askedAt > SLOW || now < askedAt) return;
  const found = said + 500 - (askedAt + now) / 2;
  if (Math.abs(found - offset) < UNSURE) return;
  offset = found;
  lookers.forEach((tell) => tell());
}

/** Now on the server's clock, in milliseconds, good to a second or two. */
export function serverTime(): number {
  return Date.now() + offset;
}

const inSteps = (at: number) => Math.floor(at / STEP) * STEP;

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

/** Now on the server's clock, in milliseconds, in steps of five seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => inSteps(serverTime()));
}

/** The same on the clock of this browser, for whoever knows the difference better. */
export function useBrowserNow(): number {
  return useSyncExternalStore(subscribe, () => inSteps(Date.now()));
}
