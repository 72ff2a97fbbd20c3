/** A person's menu: what is known about them and what the viewer may do. Removing says first what will happen. */
import { Trans } from "@lingui/react/macro";
import { Pin, PinOff } from "lucide-react";
import { useState } from "react";
import type { Person, SeatId } from "../engine/protocol";
import { useRoom } from "../hooks/use-room";
import { Face } from "./face";
import { AskToShare } from "./hosting/ask-to-share";
import { HostChoices } from "./hosting/host-choices";
import { RemoveDialog } from "./hosting/remove-dialog";
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
  return (
    <PersonMenu
      person={person}
      isYou={you?.seat_id === seat}
      isHost={you?.host ?? false}
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
  /** The viewer leads. */
  isHost: boolean;
  pinned: boolean;
  onPin: (seat: SeatId | null) => void;
  onRemove: () => void;
  onClose: () => void;
}

function PersonMenu({ person, isYou, isHost, pinned, onPin, onRemove, onClose }: MenuProps) {
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
          {person.state.screen && !isYou && <AskToShare seat={seat} />}
          {isHost && <HostChoices person={person} onRemove={onRemove} onClose={onClose} />}
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Close</Trans>
          </button>
        </>
      }
    >
      <div className="lr-dialog-person">
        <Face name={person.name} />
        <p>
          <Standing person={person} />
          {person.pronouns ? `, ${person.pronouns}` : ""}
        </p>
      </div>
    </RoomDialog>
  );
}

function Standing({ person }: { person: Person }) {
  if (person.role === "staff") return <Trans>Instructor</Trans>;
  if (person.host) return <Trans>Host</Trans>;
  return person.guest ? <Trans>Guest</Trans> : <Trans>Participant</Trans>;
}
