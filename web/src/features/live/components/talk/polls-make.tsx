/** A host makes a poll: asked at once, or kept as a draft. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useEffect, useId, useRef } from "react";
import type { Poll } from "../../engine/protocol";
import { useEngine } from "../../hooks/use-room";
import { Trouble } from "./asking-parts";
import type { PollDraft } from "./polls-draft";
import { OptionFields } from "./polls-options";
import { useTry } from "./use-try";

interface Props {
  draft: PollDraft;
  /** The form was opened by a press; who only comes back to the tab keeps the focus where it is. */
  takeFocus: boolean;
  onChange: (change: Partial<PollDraft>) => void;
  onDone: () => void;
}

export function PollMake({ draft, takeFocus, onChange, onDone }: Props) {
  const { t } = useLingui();
  const engine = useEngine();
  const attempt = useTry();
  const id = useId();
  const { question, kind, options, anonymous } = draft;
  const first = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takeFocus) first.current?.focus();
  }, [takeFocus]);

  const chosen = kind === "single" || kind === "multiple";
  const filled = options.map((option) => option.trim()).filter(Boolean);
  const wrong = () => {
    if (!question.trim()) return t`Write the question first.`;
    if (chosen && filled.length < 2) return t`Write at least two options.`;
    if (chosen && new Set(filled).size < filled.length)
      return t`Two options are the same. Change one of them.`;
    return null;
  };
  const make = async (open: boolean) => {
    const problem = wrong();
    if (problem) return attempt.say(problem);
    const said = { id: draft.id, question: question.trim(), kind, anonymous, open };
    const done = await attempt.run(() => engine.ask("make_poll", { ...said, options: chosen ? filled : [] }));
    if (done) onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void make(true);
  };
  return (
    <form className="lr-ask-card" aria-label={t`A new poll`} onSubmit={submit}>
      <label className="lr-ask-field" htmlFor={`${id}q`}>
        {t`Question`}
      </label>
      <textarea
        id={`${id}q`}
        ref={first}
        rows={2}
        maxLength={300}
        value={question}
        onChange={(event) => onChange({ question: event.target.value })}
      />
      <KindChoice name={`${id}k`} kind={kind} onKind={(next) => onChange({ kind: next })} />
      {chosen && <OptionFields options={options} onOptions={(next) => onChange({ options: next })} />}
      <label className="lr-ask-tick">
        <input
          type="checkbox"
          checked={anonymous}
          onChange={(event) => onChange({ anonymous: event.target.checked })}
        />
        <span>{t`Anonymous: nobody sees who answered what`}</span>
      </label>
      <Trouble text={attempt.problem} />
      <div className="lr-ask-actions">
        <button type="submit" className="lr-ask-button" data-look="main" aria-busy={attempt.busy}>
          <Trans>Ask now</Trans>
        </button>
        <button type="button" className="lr-ask-button" onClick={() => void make(false)}>
          <Trans>Save for later</Trans>
        </button>
        <button type="button" className="lr-ask-button" onClick={onDone}>
          <Trans>Cancel</Trans>
        </button>
      </div>
    </form>
  );
}

interface KindProps {
  name: string;
  kind: Poll["kind"];
  onKind: (kind: Poll["kind"]) => void;
}

function KindChoice({ name, kind, onKind }: KindProps) {
  const { t } = useLingui();
  const kinds = [
    ["single", t`One option`],
    ["multiple", t`Several options`],
    ["rating", t`A number from 1 to 5`],
    ["text", t`Their own words`],
  ] as const;
  return (
    <fieldset className="lr-ask-set">
      <legend>
        <Trans>People answer with</Trans>
      </legend>
      {kinds.map(([value, word]) => (
        <label key={value} className="lr-ask-tick">
          <input type="radio" name={name} checked={kind === value} onChange={() => onKind(value)} />
          <span>{word}</span>
        </label>
      ))}
    </fieldset>
  );
}
