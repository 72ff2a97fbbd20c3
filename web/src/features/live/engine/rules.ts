/** What the rules of the class let one do. Who leads is not bound by them. Pure. */
import type { Source } from "./protocol";
import type { RoomState } from "./state";

const RULE = { microphone: "speak", camera: "show", screen: "share" } as const;

export function mayUse(state: Pick<RoomState, "you" | "desk">, source: Source): boolean {
  return may(state, RULE[source]);
}

/** Whether I may draw on boards and write notes. */
export function mayDraw(state: Pick<RoomState, "you" | "desk">): boolean {
  return may(state, "draw");
}

function may(
  { you, desk }: Pick<RoomState, "you" | "desk">,
  rule: "speak" | "show" | "share" | "draw",
): boolean {
  if (you === null || you.host || desk.rules[rule]) return true;
  return desk.allowed.some((one) => one.user_id === you.user_id && one[rule]);
}
