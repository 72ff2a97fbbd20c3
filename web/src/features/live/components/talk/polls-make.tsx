/** A host makes a poll: asked at once, or kept as a draft. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { Poll } from "../../engine/protocol";
import { useEngine } from "../../hooks/use-room";
import { Trouble } from "./asking-parts";
import { OptionFields } from "./polls-options";
import { useTry } from "./use-try";

export function PollMake({ onDone }: { onDone: () => void }) {
  const { t } = useLingui();
  const engine = useEngine();
  const attempt = useTry();
  const id = useId();
  // The same id for every try: a poll that is said twice is made once.
  const [pollId] = useState(() => crypto.randomUUID());
  const [question, setQuestion] = useState("");
  const [kind, setKind] = useState<Poll["kind"]>("single");
  const [options, setOptions] = useState(["", ""]);
  const [anonymous, setAnonymous] = useState(false);
  const first = useRef<HTMLTextAreaElement>(null);
  useEffect(() => first.current?.focus(), []);

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
    const said = { id: pollId, question: question.trim(), kind, anonymous, open };
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
        onChange={(event) => setQuestion(event.target.value)}
      />
      <KindChoice name={`${id}k`} kind={kind} onKind={setKind} />
      {chosen && <OptionFields options={options} onOptions={setOptions} />}
      <label className="lr-ask-tick">
        <input type="checkbox" checked={anonymous} onChange={(event) => setAnonymous(event.target.checked)} />
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
