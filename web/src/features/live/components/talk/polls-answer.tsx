/** Answering a poll with what the browser knows: radios, checkboxes, a text area. Open polls can be answered anew. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { Poll, Talk } from "../../engine/protocol";
import { useEngine, useRoom } from "../../hooks/use-room";
import { Trouble } from "./asking-parts";
import { useTry } from "./use-try";

type Mine = Talk["my_answers"][number];

interface Props {
  poll: Poll;
  /** The form was opened by a press. */
  takeFocus?: boolean;
}

export function PollAnswer({ poll, takeFocus = false }: Props) {
  const mine = useRoom((state) => state.talk.answers[poll.id]);
  const [changing, setChanging] = useState(false);
  const [pressed, setPressed] = useState(false);
  const open = poll.state === "open";
  if (open && (!mine || changing)) {
    const done = () => {
      setChanging(false);
      setPressed(true);
    };
    return <AnswerForm poll={poll} mine={mine} takeFocus={changing || takeFocus} onDone={done} />;
  }
  if (!mine) {
    return (
      <p className="lr-ask-meta">
        <Trans>You did not answer.</Trans>
      </p>
    );
  }
  return <Answered poll={poll} mine={mine} takeFocus={pressed} onChange={() => setChanging(true)} />;
}

interface AnsweredProps {
  poll: Poll;
  mine: Mine;
  takeFocus: boolean;
  onChange: () => void;
}

function Answered({ poll, mine, takeFocus, onChange }: AnsweredProps) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (takeFocus) line.current?.focus();
  }, [takeFocus]);
  const words = answerWords(poll, mine);
  return (
    <>
      <p ref={line} tabIndex={-1} className="lr-ask-mine">
        <Trans>You answered: {words}</Trans>
      </p>
      {poll.state === "open" && (
        <div className="lr-ask-actions">
          <button type="button" className="lr-ask-button" onClick={onChange}>
            <Trans>Change my answer</Trans>
          </button>
        </div>
      )}
    </>
  );
}

function answerWords(poll: Poll, mine: Mine): string {
  if (poll.kind === "text") return mine.text;
  if (poll.kind === "rating") return mine.choices.join(", ");
  return mine.choices.map((choice) => poll.options[choice] ?? "").join(", ");
}

interface FormProps {
  poll: Poll;
  mine: Mine | undefined;
  takeFocus: boolean;
  onDone: () => void;
}

function AnswerForm({ poll, mine, takeFocus, onDone }: FormProps) {
  const { t } = useLingui();
  const engine = useEngine();
  const attempt = useTry();
  const form = useRef<HTMLFormElement>(null);
  const [choices, setChoices] = useState<number[]>(mine?.choices ?? []);
  const [text, setText] = useState(mine?.text ?? "");
  useEffect(() => {
    const field = (which: string) => form.current?.querySelector<HTMLElement>(which);
    if (takeFocus) (field("input:checked, textarea") ?? field("input"))?.focus();
  }, [takeFocus]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (poll.kind === "text" && !text.trim()) return attempt.say(t`Write your answer first.`);
    if (poll.kind !== "text" && choices.length === 0) return attempt.say(t`Choose an answer first.`);
    const said =
      poll.kind === "text" ? { text: text.trim() } : { choices: [...choices].sort((a, b) => a - b) };
    if (await attempt.run(() => engine.talk.answerPoll({ poll_id: poll.id, ...said }))) onDone();
  };
  return (
    <form ref={form} className="lr-ask-form" onSubmit={(event) => void submit(event)}>
      {poll.kind === "text" ? (
        <textarea
          rows={3}
          maxLength={500}
          aria-label={poll.question}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      ) : (
        <ChoiceFields poll={poll} choices={choices} onChoices={setChoices} />
      )}
      <Trouble text={attempt.problem} />
      <div className="lr-ask-actions">
        <button type="submit" className="lr-ask-button" data-look="main" aria-busy={attempt.busy}>
          <Trans>Send my answer</Trans>
        </button>
      </div>
    </form>
  );
}

interface ChoiceProps {
  poll: Poll;
  choices: number[];
  onChoices: (choices: number[]) => void;
}

function ChoiceFields({ poll, choices, onChoices }: ChoiceProps) {
  const { t } = useLingui();
  const name = useId();
  const several = poll.kind === "multiple";
  const rating = [t`1, the lowest`, "2", "3", "4", t`5, the highest`];
  const words = poll.kind === "rating" ? rating : poll.options;
  const press = (choice: number) => {
    if (!several) return onChoices([choice]);
    onChoices(choices.includes(choice) ? choices.filter((one) => one !== choice) : [...choices, choice]);
  };
  return (
    <fieldset className="lr-ask-set">
      <legend>
        <span className="lr-sr">{poll.question}</span>{" "}
        {several ? <Trans>Choose all that fit</Trans> : <Trans>Choose one</Trans>}
      </legend>
      {words.map((word, place) => {
        const choice = poll.kind === "rating" ? place + 1 : place;
        return (
          <label key={choice} className="lr-ask-tick">
            <input
              type={several ? "checkbox" : "radio"}
              name={name}
              checked={choices.includes(choice)}
              onChange={() => press(choice)}
            />
            <span>{word}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
