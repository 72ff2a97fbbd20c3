/** One question, with what can be done about it by who asked, by the others, and by hosts. */
import { Plural, Trans } from "@lingui/react/macro";
import { Check } from "lucide-react";
import { useState } from "react";
import type { Question } from "../../engine/protocol";
import { useEngine, useRoom } from "../../hooks/use-room";
import { focusPanel, RemoveDialog, Trouble } from "./asking-parts";
import { QuestionSettle } from "./questions-settle";
import { type Try, useTry } from "./use-try";

export function QuestionCard({ question }: { question: Question }) {
  const host = useRoom((state) => state.you?.host ?? false);
  const own = useRoom((state) => state.you?.user_id === question.user_id);
  const attempt = useTry();
  const [step, setStep] = useState<"settling" | "removing" | null>(null);
  const answered = question.answered_at !== null;
  const close = () => setStep(null);
  return (
    <article className="lr-ask-card" aria-label={question.text} data-done={answered}>
      <p className="lr-ask-question">{question.text}</p>
      <p className="lr-ask-meta">
        {own ? <Trans>You asked this.</Trans> : <Trans>{question.name} asked this.</Trans>}{" "}
        {(own || host || answered) && question.votes > 0 && (
          <Plural
            value={question.votes}
            one="# other person wants to know it too."
            other="# other people want to know it too."
          />
        )}
      </p>
      {answered && <Answer text={question.answer} />}
      {step === "settling" ? (
        <QuestionSettle question={question} onClose={close} />
      ) : (
        <>
          <Trouble text={attempt.problem} />
          <div className="lr-ask-actions">
            {!answered && !own && !host && <Vote question={question} attempt={attempt} />}
            {host && <Settle question={question} attempt={attempt} onSettle={() => setStep("settling")} />}
            {(host || own) && (
              <button
                type="button"
                className="lr-ask-button"
                data-look="danger"
                aria-haspopup="dialog"
                onClick={() => setStep("removing")}
              >
                {own ? <Trans>Take back</Trans> : <Trans>Remove</Trans>}
              </button>
            )}
          </div>
        </>
      )}
      {step === "removing" && <QuestionRemove question={question} own={own} onClose={close} />}
    </article>
  );
}

function Answer({ text }: { text: string | null }) {
  return (
    <div className="lr-ask-answer">
      <p className="lr-ask-done">
        <Check className="lr-icon" aria-hidden="true" />
        <Trans>Answered</Trans>
      </p>
      {text && <p>{text}</p>}
    </div>
  );
}

/** A press for "me too", and another one to take it back. */
function Vote({ question, attempt }: { question: Question; attempt: Try }) {
  const engine = useEngine();
  const mine = useRoom((state) => state.talk.votes.includes(question.id));
  return (
    <button
      type="button"
      className="lr-ask-button"
      aria-pressed={mine}
      aria-busy={attempt.busy}
      onClick={() => void attempt.run(() => engine.talk.voteQuestion(question.id, !mine))}
    >
      {mine && <Check className="lr-icon" aria-hidden="true" />}
      <Trans>I want to know that too</Trans> <span className="lr-count">{question.votes}</span>
    </button>
  );
}

interface SettleProps {
  question: Question;
  attempt: Try;
  onSettle: () => void;
}

function Settle({ question, attempt, onSettle }: SettleProps) {
  const engine = useEngine();
  if (!question.answered_at) {
    return (
      <button type="button" className="lr-ask-button" onClick={onSettle}>
        <Trans>Mark as answered</Trans>
      </button>
    );
  }
  const reopen = () => engine.ask("settle_question", { question_id: question.id, answered: false });
  return (
    <button type="button" className="lr-ask-button" onClick={() => void attempt.run(reopen)}>
      <Trans>Not answered after all</Trans>
    </button>
  );
}

interface RemoveProps {
  question: Question;
  own: boolean;
  onClose: () => void;
}

function QuestionRemove({ question, own, onClose }: RemoveProps) {
  const engine = useEngine();
  const attempt = useTry();
  const remove = async () => {
    if (!(await attempt.run(() => engine.ask("remove_question", { question_id: question.id })))) return;
    onClose();
    requestAnimationFrame(focusPanel);
  };
  return (
    <RemoveDialog
      title={own ? <Trans>Take your question back?</Trans> : <Trans>Remove this question?</Trans>}
      keep={<Trans>Keep it</Trans>}
      remove={own ? <Trans>Take it back</Trans> : <Trans>Remove the question</Trans>}
      attempt={attempt}
      onRemove={() => void remove()}
      onClose={onClose}
    >
      <Trans>It goes for everyone, with its answer and with who else wants to know it.</Trans>
    </RemoveDialog>
  );
}
