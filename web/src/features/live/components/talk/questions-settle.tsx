/** A host says that a question was answered, in writing or aloud. */
import { Trans } from "@lingui/react/macro";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { Question } from "../../engine/protocol";
import { useEngine } from "../../hooks/use-room";
import { focusPanel, Trouble } from "./asking-parts";
import { useTry } from "./use-try";

export function QuestionSettle({ question, onClose }: { question: Question; onClose: () => void }) {
  const engine = useEngine();
  const attempt = useTry();
  const id = useId();
  const [answer, setAnswer] = useState(question.answer ?? "");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const close = () => {
    onClose();
    requestAnimationFrame(focusPanel);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const said = { question_id: question.id, answered: true, answer: answer.trim() || null };
    if (await attempt.run(() => engine.ask("settle_question", said))) close();
  };
  return (
    <form className="lr-ask-form" onSubmit={(event) => void submit(event)}>
      <label className="lr-ask-field" htmlFor={id}>
        <Trans>Written answer (may stay empty)</Trans>
      </label>
      <textarea
        id={id}
        ref={field}
        rows={3}
        maxLength={1000}
        value={answer}
        onChange={(event) => setAnswer(event.target.value)}
      />
      <Trouble text={attempt.problem} />
      <div className="lr-ask-actions">
        <button type="submit" className="lr-ask-button" data-look="main" aria-busy={attempt.busy}>
          <Trans>Mark as answered</Trans>
        </button>
        <button type="button" className="lr-ask-button" onClick={close}>
          <Trans>Cancel</Trans>
        </button>
      </div>
    </form>
  );
}
