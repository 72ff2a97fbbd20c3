/** A person's menu: what is known about them and what the viewer may do. Removing says first what will happen. */
import { Trans } from "@lingui/react/macro";
import { MicOff, Pin, PinOff, UserX } from "lucide-react";
import { useState } from "react";
import type { Person, SeatId } from "../engine/protocol";
import { useEngine, useRoom } from "../hooks/use-room";
import { Face } from "./face";
import { RoomDialog } from "./room-dialog";

interface Props {
  seat: SeatId;
  pinned: boolean;
  onPin: (seat: SeatId | null) => void;
  onClose: () => void;
}

export function PersonDialog({ seat, pinned, onPin, onClose }: Props) {
  const person = useRoom((state) => state.people[seat]);
  const you = useRoom((state) => state.you);
  const [removing, setRemoving] = useState(false);
  if (!person) return null;
  if (removing) return <RemoveDialog person={person} onClose={onClose} />;
  const mayModerate = you?.role === "staff" && you.seat_id !== seat;
  return (
    <PersonMenu
      person={person}
      isYou={you?.seat_id === seat}
      mayModerate={mayModerate}
      // Staff are staff of the program; they are not sent out of its room.
      mayRemove={mayModerate && person.role !== "staff"}
      pinned={pinned}
      onPin={onPin}
      onRemove={() => setRemoving(true)}
      onClose={onClose}
    />
  );
}

interface MenuProps {
  person: Person;
  isYou: boolean;
  mayModerate: boolean;
  mayRemove: boolean;
  pinned: boolean;
  onPin: (seat: SeatId | null) => void;
  onRemove: () => void;
  onClose: () => void;
}

function PersonMenu({ person, isYou, mayModerate, mayRemove, pinned, onPin, onRemove, onClose }: MenuProps) {
  const engine = useEngine();
  const seat = person.seat_id;
  const then = (act: () => void) => () => {
    act();
    onClose();
  };
  return (
    <RoomDialog
      key="menu"
      title={isYou ? <Trans>{person.name} (you)</Trans> : person.name}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="lr-choice" onClick={then(() => onPin(pinned ? null : seat))}>
            {pinned ? <PinOff className="lr-icon" /> : <Pin className="lr-icon" />}
            {pinned ? <Trans>Stop showing large</Trans> : <Trans>Show large</Trans>}
          </button>
          {mayModerate && person.state.microphone && (
            <button
              type="button"
              className="lr-choice"
              onClick={then(() => void engine.act("mute", { seat_id: seat, source: "microphone" }))}
            >
              <MicOff className="lr-icon" />
              <Trans>Mute</Trans>
            </button>
          )}
          {mayRemove && (
            <button type="button" className="lr-choice lr-danger" onClick={onRemove}>
              <UserX className="lr-icon" />
              <Trans>Remove from the session</Trans>
            </button>
          )}
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Close</Trans>
          </button>
        </>
      }
    >
      <div className="lr-dialog-person">
        <Face name={person.name} />
        <p>
          {person.role === "staff" ? <Trans>Instructor</Trans> : <Trans>Participant</Trans>}
          {person.pronouns ? `, ${person.pronouns}` : ""}
        </p>
      </div>
    </RoomDialog>
  );
}

function RemoveDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const engine = useEngine();
  const name = person.name;
  return (
    <RoomDialog
      key="remove"
      destructive
      title={<Trans>Remove {name} from this session?</Trans>}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Keep {name} here</Trans>
          </button>
          <button
            type="button"
            className="lr-choice lr-danger-fill"
            onClick={() => {
              void engine.act("remove", { seat_id: person.seat_id, may_return: false });
              onClose();
            }}
          >
            <UserX className="lr-icon" />
            <Trans>Remove {name}</Trans>
          </button>
        </>
      }
    >
      <p>
        <Trans>
          {name} leaves the room at once and cannot come back to this session. The minutes until now are kept.
        </Trans>
      </p>
    </RoomDialog>
  );
}
