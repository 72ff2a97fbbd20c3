/** What the rules of the class let one do. Who leads is not bound by them. Pure. */
import type { Source } from "./protocol";
import type { RoomState } from "./state";

const RULE = { microphone: "speak", camera: "show", screen: "share" } as const;

export function mayUse({ you, desk }: Pick<RoomState, "you" | "desk">, source: Source): boolean {
  const rule = RULE[source];
  if (you === null || you.host || desk.rules[rule]) return true;
  return desk.allowed.some((one) => one.user_id === you.user_id && one[rule]);
}
