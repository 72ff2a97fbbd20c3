// Whether the server answers; a calm banner says so when it does not.
import { create } from "zustand";

type Reach = "here" | "away" | "busy";

export const useReach = create<{ reach: Reach }>(() => ({ reach: "here" }));

/** Notes the status of an answer; 0 is none. */
export function heard(status: number): void {
  const reach = status === 0 || status === 502 || status === 504 ? "away" : status === 503 ? "busy" : "here";
  if (useReach.getState().reach !== reach) useReach.setState({ reach });
}
