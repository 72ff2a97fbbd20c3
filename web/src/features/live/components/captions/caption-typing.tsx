/** The place of who writes down what others say: whose words they are, and the words. The room reads along. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { CaptionWriter, LONGEST_CAPTION } from "../../engine/caption-writer";
import type { SeatId } from "../../engine/protocol";
import { useEngine, useRoom } from "../../hooks/use-room";
import { inOrder } from "../../layout/cast";
import { useTry } from "../talk/use-try";

export function CaptionTyping() {
  const { t } = useLingui();
  const [speaker, choose] = useSpeaker();
  const writer = useWriter(speaker);
  const [text, setText] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const attempt = useTry();
  const id = useId();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const line = text;
    if (line.trim() === "") return;
    // Nobody types while they wait: the next line begins at once, and comes back only where this one was not taken.
    setText("");
    field.current?.focus();
    if (!(await attempt.run(() => writer.current?.finish(line) ?? Promise.resolve()))) {
      setText((now) => (now === "" ? line : now));
    }
  };
  return (
    <form className="lr-chat-composer lr-caption-typing" onSubmit={(event) => void send(event)}>
      <div className="lr-chat-label">
        <label htmlFor={id}>
          <Trans>Write captions</Trans>
        </label>
        <Speakers value={speaker} onChange={choose} />
      </div>
      <input
        ref={field}
        id={id}
        type="text"
        dir="auto"
        autoComplete="off"
        maxLength={LONGEST_CAPTION}
        value={text}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          setText(event.target.value);
          writer.current?.draft(event.target.value);
        }}
      />
      <p role="status" className="lr-chat-problem">
        {attempt.problem}
      </p>
      <p id={`${id}-hint`} className="lr-chat-hint">
        {t`Everyone reads along while you type. Enter finishes the line.`}
      </p>
    </form>
  );
}

/** Who speaks: who spoke last, until one is chosen; always somebody who is here. */
function useSpeaker(): [SeatId, (seat: SeatId) => void] {
  const [wish, choose] = useState<SeatId | null>(null);
  const here = useHere().map((person) => person.seat_id);
  const [first] = useState(useRoom((state) => state.lastSpeaker));
  const you = useRoom((state) => state.you?.seat_id ?? "");
  const is = (seat: SeatId | null) => seat !== null && here.includes(seat);
  return [is(wish) ? wish! : is(first) ? first! : you, choose];
}

function useHere() {
  const people = useRoom((state) => state.people);
  const you = useRoom((state) => state.you);
  return inOrder({ people, you }).filter((person) => person.breakout_id === (you?.breakout_id ?? null));
}

function Speakers({ value, onChange }: { value: SeatId; onChange: (seat: SeatId) => void }) {
  const { t } = useLingui();
  const here = useHere();
  const you = useRoom((state) => state.you?.seat_id);
  return (
    <select aria-label={t`Who speaks`} value={value} onChange={(event) => onChange(event.target.value)}>
      {here.map(({ seat_id, name }) => (
        <option key={seat_id} value={seat_id}>
          {seat_id === you ? t`${name} (you)` : name}
        </option>
      ))}
    </select>
  );
}

/** One writer per visit of this place; what was not finished is taken back when it goes. */
function useWriter(speaker: SeatId) {
  const engine = useEngine();
  const voice = useRef(speaker);
  useEffect(() => void (voice.current = speaker), [speaker]);
  const writer = useRef<CaptionWriter | null>(null);
  useEffect(() => {
    const made = new CaptionWriter(
      (event, said) => engine.ask(event, said),
      () => ({ speaker: voice.current, language: document.documentElement.lang || null }),
    );
    writer.current = made;
    return () => made.forget();
  }, [engine]);
  return writer;
}
