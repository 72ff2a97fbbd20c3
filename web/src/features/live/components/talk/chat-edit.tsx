/** Changes a message of one's own where it stands. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { ChatMessage } from "../../engine/protocol";
import { useEngine } from "../../hooks/use-room";
import { useOwnEscape } from "./chat-escape";
import { SendProblemText } from "./chat-problem";
import { heard, problemOf, type SendProblem } from "./chat-state";

export function ChatEdit({ message, onDone }: { message: ChatMessage; onDone: () => void }) {
  const { t } = useLingui();
  const engine = useEngine();
  const [text, setText] = useState(message.text);
  const [problem, setProblem] = useState<SendProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  useOwnEscape(form, onDone);
  useEffect(() => area.current?.focus(), []);
  const empty = text.trim() === "" && !message.image;
  const save = async () => {
    if (busy || empty) return;
    setBusy(true);
    setProblem(null);
    try {
      heard(engine, await engine.ask("edit_message", { id: message.id, text: text.trim() }));
      onDone();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void save();
  };
  return (
    <form
      ref={form}
      className="lr-chat-edit"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        ref={area}
        dir="auto"
        rows={2}
        aria-label={t`Your message`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
      />
      <SendProblemText problem={problem} />
      <div className="lr-chat-acts">
        <button type="submit" className="lr-chat-act" aria-disabled={busy || empty}>
          <Trans>Save</Trans>
        </button>
        <button type="button" className="lr-chat-act" onClick={onDone}>
          <Trans>Cancel</Trans>
        </button>
      </div>
    </form>
  );
}
