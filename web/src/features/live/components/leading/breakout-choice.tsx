/** The breakout rooms and who is in them, to go into one. A press goes; looking along the list does not. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEngine, useRoom } from "../../hooks/use-room";
import { RoomDialog } from "../room-dialog";
import { useRoomName } from "./breakout-names";

export function BreakoutChoice({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const engine = useEngine();
  const nameOf = useRoomName();
  const breakouts = useRoom((state) => state.desk.breakouts);
  const here = useRoom((state) => state.you?.breakout_id ?? null);
  const people = useRoom((state) => state.people);
  const names = new Map(Object.values(people).map((person) => [person.user_id, person.name]));
  const go = (id: string | null) => {
    void engine.act("move_to", { breakout_id: id });
    onClose();
  };
  return (
    <RoomDialog
      title={<Trans>Choose a room</Trans>}
      onClose={onClose}
      actions={
        <button type="button" className="lr-choice" onClick={onClose}>
          <Trans>Stay here</Trans>
        </button>
      }
    >
      <ul className="lr-breakouts">
        {breakouts?.rooms.map((room) => {
          const name = nameOf(room.name);
          const inside = room.people.flatMap((user) => names.get(user) ?? []);
          return (
            <li key={room.id}>
              <h3>{name}</h3>
              <p>{inside.length > 0 ? inside.join(", ") : <Trans>Nobody is there yet.</Trans>}</p>
              {room.id === here ? (
                <p>
                  <Trans>You are here</Trans>
                </p>
              ) : (
                <button type="button" className="lr-choice" onClick={() => go(room.id)}>
                  {t`Go into ${name}`}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </RoomDialog>
  );
}
