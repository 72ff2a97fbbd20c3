/** One line of the transcript: who, when, what; staff correct it where it stands. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Pencil } from "lucide-react";
import { type FormEvent, memo, useEffect, useRef, useState } from "react";
import { api } from "../../../../lib/api";
import { LONGEST_CAPTION } from "../../engine/caption-writer";
import type { CaptionLine } from "../../engine/protocol";
import { useClockFormat } from "../../hooks/use-clock";
import { useRoom } from "../../hooks/use-room";
import { useOwnEscape } from "../talk/chat-escape";
import { useTry } from "../talk/use-try";

export const TranscriptRow = memo(function TranscriptRow({ line }: { line: CaptionLine }) {
  const { t } = useLingui();
  const format = useClockFormat();
  const isStaff = useRoom((state) => state.you?.role === "staff");
  const [correcting, correct] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  const start = line.text.slice(0, 40);
  const done = () => {
    correct(false);
    item.current?.focus({ preventScroll: true });
  };
  return (
    <li ref={item} className="lr-transcript-line" tabIndex={-1}>
      <p className="lr-chat-head">
        {line.name ? <b dir="auto">{line.name}</b> : <b>{t`Caption service`}</b>}
        <time dateTime={line.started_at}>{format(line.started_at)}</time>
        {line.corrected_at && <span>{t`corrected`}</span>}
        {isStaff && !correcting && (
          <button type="button" className="lr-chat-act" onClick={() => correct(true)}>
            <Pencil className="lr-icon" aria-hidden="true" />
            <Trans>Correct</Trans>
            <span className="lr-sr">{t`: ${start}`}</span>
          </button>
        )}
      </p>
      {correcting ? (
        <Correct line={line} onDone={done} />
      ) : (
        <p dir="auto" lang={line.language ?? undefined} className="lr-transcript-text">
          {line.text}
        </p>
      )}
    </li>
  );
});

function Correct({ line, onDone }: { line: CaptionLine; onDone: () => void }) {
  const { t } = useLingui();
  const session = useRoom((state) => state.session?.id);
  const [text, setText] = useState(line.text);
  const form = useRef<HTMLFormElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const attempt = useTry();
  useOwnEscape(form, onDone);
  useEffect(() => area.current?.focus(), []);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const body = { text: text.trim() };
    if (body.text === "") return attempt.say(t`Write what was said.`);
    // The room hears of it by itself, this page too.
    if (await attempt.run(() => api("PATCH", `/sessions/${session}/transcript/${line.id}`, { body })))
      onDone();
  };
  return (
    <form ref={form} className="lr-chat-edit" onSubmit={(event) => void save(event)}>
      <textarea
        ref={area}
        dir="auto"
        rows={2}
        maxLength={LONGEST_CAPTION}
        aria-label={t`What was said`}
        value={text}
        onChange={(event) => setText(event.target.value.replace(/\s*\n\s*/g, " "))}
      />
      <p role="status" className="lr-chat-problem">
        {attempt.problem}
      </p>
      <div className="lr-chat-acts">
        <button type="submit" className="lr-chat-act" aria-disabled={attempt.busy}>
          <Trans>Save</Trans>
        </button>
        <button type="button" className="lr-chat-act" onClick={onDone}>
          <Trans>Cancel</Trans>
        </button>
      </div>
    </form>
  );
}
