/** In the device check: what one answered about being recorded, or the question. It keeps nobody from joining. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleDot } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";

import type { ConsentView } from "../../../../contract/types";
import { api } from "../../../../lib/api";
import { consentKey, useAnswerDay, useConsentView } from "../../hooks/use-recording";
import { AnswerButtons } from "./answer";
import "./recording.css";

export function RecordingBeforeJoining({ sessionId }: { sessionId: string }) {
  const { t } = useLingui();
  const view = useConsentView(sessionId).data;
  const answer = usePutAnswer(sessionId);
  const [changing, change] = useState(false);
  const dayOf = useAnswerDay();
  // What was pressed goes away; the focus goes to what came for it, once.
  const moved = useRef(false);
  const take = (element: HTMLElement | null) => {
    if (!element || !moved.current) return;
    moved.current = false;
    element.focus();
  };
  const turn = (to: boolean) => {
    moved.current = true;
    change(to);
  };
  if (!view || view.kept_days === 0) return null;
  const day = view.answer && dayOf(view.answer.at);
  return (
    <section className="rc-before" aria-label={t`Recording`}>
      <CircleDot className="lb-icon" aria-hidden="true" />
      <div>
        <p>
          <Plural
            value={view.kept_days}
            one="Sessions of this program may be recorded. A recording is kept for # day."
            other="Sessions of this program may be recorded. A recording is kept for # days."
          />
        </p>
        {view.answer && !changing ? (
          <p>
            {view.answer.yes ? (
              <Trans>You said yes on {day}.</Trans>
            ) : (
              <Trans>You said no on {day}: you are neither seen nor heard in it.</Trans>
            )}{" "}
            <button ref={take} type="button" className="rc-change" onClick={() => turn(true)}>
              <Trans>Change my answer</Trans>
            </button>
          </p>
        ) : (
          <Question take={take}>
            <AnswerButtons look="lb-button" answer={answer} onDone={() => turn(false)} />
          </Question>
        )}
      </div>
    </section>
  );
}

function Question({ take, children }: { take: (element: HTMLElement | null) => void; children: ReactNode }) {
  return (
    <>
      <p ref={take} tabIndex={-1}>
        <strong>
          <Trans>May you be seen and heard in the recording?</Trans>
        </strong>
      </p>
      {children}
      <p className="lb-small">
        <Trans>You can join with either answer, and change it at any time.</Trans>
      </p>
    </>
  );
}

function usePutAnswer(sessionId: string): (yes: boolean) => Promise<unknown> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (yes: boolean) =>
      api<ConsentView>("PUT", `/sessions/${sessionId}/recording_consent`, { body: { yes } }),
    onSuccess: (view) => queries.setQueryData(consentKey(sessionId), view),
  }).mutateAsync;
}
