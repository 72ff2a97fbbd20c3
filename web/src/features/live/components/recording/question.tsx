/**
 * Asks who has not answered yet, while the class is recorded. It stands over the stage and takes no focus; until it is
 * answered, nothing of the person is recorded.
 */
import { Trans } from "@lingui/react/macro";
import { useId } from "react";
import { useAnswerInRoom, useFocusHome, useKeptDays } from "../../hooks/use-recording";
import { useRoom } from "../../hooks/use-room";
import { AnswerButtons, KeptDays } from "./answer";

export const useIsAsked = () =>
  useRoom((state) => state.desk.recording !== null && state.you !== null && state.you.consent === null);

export function RecordingQuestion() {
  return useIsAsked() ? <Question /> : null;
}

function Question() {
  const id = useId();
  const answer = useAnswerInRoom();
  return (
    <section ref={useFocusHome<HTMLElement>()} className="rc-question" aria-labelledby={id}>
      <p>
        <Trans>This session is being recorded.</Trans>
      </p>
      <h2 id={id}>
        <Trans>May you be seen and heard in the recording?</Trans>
      </h2>
      <AnswerButtons look="lr-choice" answer={answer} />
      <p className="rc-small">
        <Trans>What you write to everyone is in it too. Until you answer, you are left out.</Trans>{" "}
        <KeptDays days={useKeptDays()} /> <Trans>You can change your answer at any time.</Trans>
      </p>
    </section>
  );
}
