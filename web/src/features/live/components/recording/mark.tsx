/** In the header, the whole time: that the class is recorded; behind it, whether one is in it, and the way to change that. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import type { Consent } from "../../engine/protocol";
import {
  useAmRecorded,
  useAnswerDay,
  useAnswerInRoom,
  useFocusHome,
  useIsRecording,
  useKeptDays,
} from "../../hooks/use-recording";
import { useEngine, useRoom } from "../../hooks/use-room";
import { RoomDialog } from "../room-dialog";
import { AnswerButtons, KeptDays } from "./answer";
import "./recording.css";

export function RecordingMark() {
  return useIsRecording() ? <Mark /> : null;
}

function Mark() {
  const { t } = useLingui();
  const amIn = useAmRecorded();
  const [open, setOpen] = useState(false);
  return (
    // The dialog is part of it: with the recording both go, and the focus with them.
    <span ref={useFocusHome<HTMLSpanElement>()} className="rc-mark">
      <button
        type="button"
        className="lr-recording"
        aria-haspopup="dialog"
        aria-label={amIn ? t`Recording, you are in it` : t`Recording, you are not in it`}
        onClick={() => setOpen(true)}
      >
        <i aria-hidden="true" />
        <Trans>Recording</Trans>
      </button>
      {open && <RecordingDialog onClose={() => setOpen(false)} />}
    </span>
  );
}

function RecordingDialog({ onClose }: { onClose: () => void }) {
  const engine = useEngine();
  const consent = useRoom((state) => state.you?.consent ?? null);
  const isHost = useRoom((state) => state.you?.host ?? false);
  const isAway = useRoom((state) => (state.you?.breakout_id ?? null) !== null);
  const days = useKeptDays();
  const [changing, change] = useState(false);
  const asks = changing || consent === null;
  return (
    <RoomDialog
      title={<Trans>This session is being recorded.</Trans>}
      onClose={onClose}
      actions={
        <>
          {asks ? (
            <Asking onDone={onClose} takeFocus={changing} />
          ) : (
            <button type="button" className="lr-choice" onClick={() => change(true)}>
              <Trans>Change my answer</Trans>
            </button>
          )}
          {isHost && (
            <button
              type="button"
              className="lr-choice"
              onClick={() => void engine.act("record", { on: false })}
            >
              <Trans>Stop recording</Trans>
            </button>
          )}
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Close</Trans>
          </button>
        </>
      }
    >
      <p>
        <MySide consent={consent} />
      </p>
      {isAway && (
        <p>
          <Trans>You are in a breakout room. What happens there is not recorded.</Trans>
        </p>
      )}
      {days !== null && (
        <p>
          <KeptDays days={days} />
        </p>
      )}
    </RoomDialog>
  );
}

function MySide({ consent }: { consent: Consent | null }) {
  const dayOf = useAnswerDay();
  const day = consent && dayOf(consent.at);
  if (consent?.yes) {
    return (
      <Trans>
        You said yes on {day}. You can be seen and heard in it, and what you write to everyone is in it too.
      </Trans>
    );
  }
  return (
    <>
      {consent ? <Trans>You said no on {day}.</Trans> : <Trans>You have not answered yet.</Trans>}{" "}
      <Trans>You are not in the recording: neither seen nor heard.</Trans>
    </>
  );
}

function Asking({ takeFocus, onDone }: { takeFocus: boolean; onDone: () => void }) {
  const answer = useAnswerInRoom();
  const focused = useRef(false);
  // The button that was pressed is gone; its focus goes to the question that came for it.
  const begin = (element: HTMLParagraphElement | null) => {
    if (!element || !takeFocus || focused.current) return;
    focused.current = true;
    element.focus();
  };
  return (
    <div className="rc-asking">
      <p ref={begin} tabIndex={-1}>
        <Trans>May you be seen and heard in the recording?</Trans>
      </p>
      <AnswerButtons look="lr-choice" answer={answer} onDone={onDone} />
      <p className="rc-small">
        <Trans>After a no you are not shown in older recordings either.</Trans>
      </p>
    </div>
  );
}
