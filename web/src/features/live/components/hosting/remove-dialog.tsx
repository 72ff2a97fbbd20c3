/** Taking somebody out for good: says first what will happen. */
import { Trans } from "@lingui/react/macro";
import { UserX } from "lucide-react";
import type { Person } from "../../engine/protocol";
import { useEngine } from "../../hooks/use-room";
import { RoomDialog } from "../room-dialog";

export function RemoveDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const engine = useEngine();
  const name = person.name;
  return (
    <RoomDialog
      key="remove"
      destructive
      title={<Trans>Take {name} out of this session?</Trans>}
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
            <Trans>Take {name} out</Trans>
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
