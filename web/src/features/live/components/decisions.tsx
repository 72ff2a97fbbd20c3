/** The room's own decisions: ending for everyone, and what a host on a phone means by Leave. */
import { Plural, Trans } from "@lingui/react/macro";
import { CircleStop, LogOut } from "lucide-react";
import { useState } from "react";
import { useRoom } from "../hooks/use-room";
import { RoomDialog } from "./room-dialog";

/** On a small screen Leave is the only door at hand: who may also end the session is asked which of the two it is. */
export function LeaveDialog({
  onLeave,
  onEnd,
  onClose,
}: Record<"onLeave" | "onEnd" | "onClose", () => void>) {
  return (
    <RoomDialog
      title={<Trans>Leave, or end for everyone?</Trans>}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="lr-choice lr-danger-fill" onClick={onLeave}>
            <LogOut className="lr-icon lr-mirror" />
            <Trans>Leave</Trans>
          </button>
          {/* What that means for the others is said before it is done. */}
          <button type="button" className="lr-choice lr-danger" onClick={onEnd}>
            <CircleStop className="lr-icon" />
            <Trans>End for everyone</Trans>
          </button>
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Stay here</Trans>
          </button>
        </>
      }
    >
      <p>
        <Trans>When you leave, the session goes on without you.</Trans>
      </p>
    </RoomDialog>
  );
}

export function EndDialog({ end, onClose }: { end: () => Promise<unknown>; onClose: () => void }) {
  const title = useRoom((state) => state.session?.title ?? "");
  const others = useRoom((state) => Object.keys(state.people).length - 1);
  const [step, setStep] = useState<"asking" | "ending" | "failed">("asking");
  const press = () => {
    setStep("ending");
    // On success the server says "ended" and the whole room goes; only a failure needs a word here.
    end().catch(() => setStep("failed"));
  };
  return (
    <RoomDialog
      destructive
      title={<Trans>End {title} for everyone?</Trans>}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Keep it going</Trans>
          </button>
          <button
            type="button"
            className="lr-choice lr-danger-fill"
            aria-busy={step === "ending"}
            onClick={press}
          >
            {step === "ending" ? <Trans>Ending</Trans> : <Trans>End for everyone</Trans>}
          </button>
        </>
      }
    >
      <p>
        <Plural
          value={others}
          _0="Nobody else is in the room. The session cannot be started again."
          one="# other person leaves the room at once. The session cannot be started again."
          other="# other people leave the room at once. The session cannot be started again."
        />
      </p>
      <p>
        <Trans>Everybody’s minutes are kept.</Trans>
      </p>
      {step === "failed" && (
        <p role="alert">
          <Trans>The session could not be ended. It still runs. Try again in a moment.</Trans>
        </p>
      )}
    </RoomDialog>
  );
}
