/** Rooms nobody has named yet have a number of the server's; here is the word to it. */
import { useLingui } from "@lingui/react/macro";
import type { Person } from "../../engine/protocol";
import { useRoom } from "../../hooks/use-room";

export function useRoomName(): (name: string) => string {
  const { t } = useLingui();
  return (name) => (/^\d+$/.test(name) ? t`Room ${name}` : name);
}

/** For hosts, while the class is split: the room a person is in. Empty for everybody else, and at other times. */
export function useWhere(person: Person): string {
  const { t } = useLingui();
  const nameOf = useRoomName();
  const host = useRoom((state) => state.you?.host ?? false);
  const breakouts = useRoom((state) => state.desk.breakouts);
  if (!host || !breakouts?.open) return "";
  const room = breakouts.rooms.find((one) => one.id === person.breakout_id);
  return room ? nameOf(room.name) : t`Main room`;
}
