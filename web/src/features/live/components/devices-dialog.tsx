/** The device check again, inside the room. */
import { Trans } from "@lingui/react/macro";
import { CameraRow, MicrophoneRow, SpeakerRow } from "./device-rows";
import { RoomDialog } from "./room-dialog";
import { StraightIn } from "./way-in";

export function DevicesDialog({ onClose }: { onClose: () => void }) {
  return (
    <RoomDialog
      title={<Trans>Camera and sound</Trans>}
      onClose={onClose}
      actions={
        <button type="button" className="lr-choice" onClick={onClose}>
          <Trans>Close</Trans>
        </button>
      }
    >
      <div className="lb-rows">
        <CameraRow />
        <MicrophoneRow />
        <SpeakerRow />
      </div>
      <StraightIn />
    </RoomDialog>
  );
}
