/** Asking a question. What is half written stays while another tab is looked at. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useId, useRef } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { RoomEngine } from "../../engine/room-engine";
import { useEngine } from "../../hooks/use-room";
import { Trouble } from "./asking-parts";
import { useTry } from "./use-try";

/** The same id for every try: a question that is said twice is asked once. */
const fresh = () => ({ id: crypto.randomUUID(), text: "" });
// One per room: on a shared tablet nobody finds what another person began.
const drafts = new WeakMap<RoomEngine, StoreApi<{ id: string; text: string }>>();

function draftOf(engine: RoomEngine) {
  const known = drafts.get(engine) ?? createStore(fresh);
  drafts.set(engine, known);
  return known;
}

export function QuestionAsk() {
  const { t } = useLingui();
  const engine = useEngine();
  const attempt = useTry();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const kept = draftOf(engine);
  const draft = useStore(kept);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    field.current?.focus();
    const text = draft.text.trim();
    if (!text) return attempt.say(t`Write your question first.`);
    if (await attempt.run(() => engine.ask("ask_question", { id: draft.id, text }))) kept.setState(fresh());
  };
  return (
    <form className="lr-ask-form" onSubmit={(event) => void submit(event)}>
      <label className="lr-ask-field" htmlFor={id}>
        <Trans>Ask the hosts a question</Trans>
      </label>
      <textarea
        id={id}
        ref={field}
        rows={3}
        maxLength={500}
        value={draft.text}
        onChange={(event) => kept.setState({ text: event.target.value })}
      />
      <Trouble text={attempt.problem} />
      <div className="lr-ask-actions">
        <button type="submit" className="lr-ask-button" data-look="main" aria-busy={attempt.busy}>
          <Trans>Ask</Trans>
        </button>
      </div>
    </form>
  );
}
