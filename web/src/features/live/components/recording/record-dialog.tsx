/** For hosts: to record, after saying what that means, and to stop. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleDot, CircleStop } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Refused } from "../../../../lib/api";
import { useIsRecording, useKeptDays } from "../../hooks/use-recording";
import { useEngine } from "../../hooks/use-room";
import { RoomDialog } from "../room-dialog";
import { KeptDays } from "./answer";

/** Its word is what pressing it does now. */
export function useRecordChoice(onRecord: () => void): { icon: ReactNode; word: string; press: () => void } {
  const { t } = useLingui();
  const engine = useEngine();
  return useIsRecording()
    ? { icon: <CircleStop />, word: t`Stop recording`, press: () => void engine.act("record", { on: false }) }
    : { icon: <CircleDot />, word: t`Record`, press: onRecord };
}

export function RecordDialog({ onClose }: { onClose: () => void }) {
  const engine = useEngine();
  const days = useKeptDays();
  const { t } = useLingui();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const start = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await engine.ask("record", { on: true });
      onClose();
    } catch (error) {
      setBusy(false);
      // The server's own words say what is the matter with its disk.
      setProblem(error instanceof Refused ? error.problem.detail : t`Not connected. Try again in a moment.`);
    }
  };
  const may = days !== 0;
  return (
    <RoomDialog
      key="record"
      title={<Trans>Record this session?</Trans>}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Not now</Trans>
          </button>
          {may && (
            <button type="button" className="lr-choice" aria-busy={busy} onClick={() => void start()}>
              <CircleDot className="lr-icon" />
              {busy ? <Trans>Starting</Trans> : <Trans>Record</Trans>}
            </button>
          )}
        </>
      }
    >
      {may ? (
        <ul className="rc-means">
          <li>
            <Trans>Picture and sound, shared screens and what is written to everyone are kept.</Trans>
          </li>
          <li>
            {days ? (
              <KeptDays days={days} />
            ) : (
              <Trans>It is kept as long as the program says, then deleted.</Trans>
            )}
          </li>
          <li>
            <Trans>Who said no, or has not answered, is left out: neither seen nor heard.</Trans>
          </li>
          <li>
            <Trans>You will be in it yourself: with Record you say that you may be recorded.</Trans>
          </li>
          <li>
            <Trans>Everyone is told. Breakout rooms are not recorded.</Trans>
          </li>
        </ul>
      ) : (
        <p>
          <Trans>
            This program keeps no recordings. Its staff can change that in the program’s settings.
          </Trans>
        </p>
      )}
      <p className="rc-problem" role="alert">
        {problem}
      </p>
    </RoomDialog>
  );
}
