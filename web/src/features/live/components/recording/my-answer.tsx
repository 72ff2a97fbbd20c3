/** What one answered about being recorded, with the way to change it; or the question. */
import { Trans } from "@lingui/react/macro";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleDot } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";

import type { ConsentView } from "../../../../contract/types";
import { api } from "../../../../lib/api";
import { consentKey, useAnswerDay } from "../../hooks/use-recording";
import { AnswerButtons, type AnswerLook } from "./answer";
import "./recording.css";

interface Props {
  sessionId: string;
  label: string;
  view: ConsentView;
  look: AnswerLook;
  /** What stands under the question alone. */
  small?: ReactNode;
  onAnswered?: () => void;
  /** What it is about. */
  children: ReactNode;
}

export function MyAnswer({ sessionId, label, view, look, small, onAnswered, children }: Props) {
  const [changing, change] = useState(false);
  const dayOf = useAnswerDay();
  // What was pressed goes away; the focus goes to what came for it, once.
  const awaited = useRef<"question" | "answer" | null>(null);
  const take = (what: "question" | "answer") => (element: HTMLElement | null) => {
    if (!element || awaited.current !== what) return;
    awaited.current = null;
    element.focus();
  };
  const turn = (to: "question" | "answer") => {
    awaited.current = to;
    change(to === "question");
  };
  const answer = usePutAnswer(sessionId, () => {
    turn("answer");
    onAnswered?.();
  });
  const day = view.answer && dayOf(view.answer.at);
  return (
    <section className="rc-before" aria-label={label}>
      <CircleDot className="lb-icon" aria-hidden="true" />
      <div>
        {children}
        {view.answer && !changing ? (
          <p>
            {view.answer.yes ? (
              <Trans>You said yes on {day}.</Trans>
            ) : (
              <Trans>You said no on {day}: you are neither seen nor heard in it.</Trans>
            )}{" "}
            <button ref={take("answer")} type="button" className="rc-change" onClick={() => turn("question")}>
              <Trans>Change my answer</Trans>
            </button>
          </p>
        ) : (
          <>
            <p ref={take("question")} tabIndex={-1}>
              <strong>
                <Trans>May you be seen and heard in the recording?</Trans>
              </strong>
            </p>
            <AnswerButtons look={look} answer={answer} />
            {small}
          </>
        )}
      </div>
    </section>
  );
}

function usePutAnswer(sessionId: string, onAnswered: () => void): (yes: boolean) => Promise<unknown> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (yes: boolean) =>
      api<ConsentView>("PUT", `/sessions/${sessionId}/recording_consent`, { body: { yes } }),
    onSuccess: (view) => {
      onAnswered();
      queries.setQueryData(consentKey(sessionId), view);
    },
  }).mutateAsync;
}
