/** What is said of the breakout rooms: to hosts who calls for help, and to everybody in one that a minute is left. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { useRoom } from "../../hooks/use-room";
import { useRoomName } from "./breakout-names";
import { useSecondsLeft } from "./timer";

const NONE: string[] = [];

export function useBreakoutNews(say: (text: string) => void): void {
  const { t } = useLingui();
  const nameOf = useRoomName();
  const open = useRoom((state) => state.desk.breakouts?.open ?? false);
  const endsAt = useRoom((state) => state.desk.breakouts?.ends_at ?? null);
  const rooms = useRoom((state) => state.desk.breakouts?.rooms);
  const you = useRoom((state) => state.you);
  const calls =
    open && you?.host
      ? (rooms ?? []).filter((room) => room.help_since !== null && room.id !== you.breakout_id)
      : [];
  const calling = calls.map((room) => room.id).join(" ");
  const heard = useRef(NONE);
  useEffect(() => {
    for (const room of calls)
      if (!heard.current.includes(room.id)) say(t`${nameOf(room.name)} asks for help.`);
    heard.current = calls.map((room) => room.id);
    // Said once per call, not for a new `say`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [calling]);

  const left = useSecondsLeft(open ? endsAt : null);
  const soon = left !== null && left > 0 && left <= 60;
  useEffect(() => {
    if (soon) say(t`One minute left in the breakout rooms.`);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [soon, endsAt]);
}
