/** The place to write. What was written stays until the server has it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { SendHorizontal } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useId, useRef } from "react";
import { useEngine, useRoom } from "../../hooks/use-room";
import { EmojiPicker } from "./chat-emoji";
import { PictureButton, PicturePreview, usePicture } from "./chat-picture-choice";
import { SendProblemText } from "./chat-problem";
import { type Audience, send, useChatPage, write } from "./chat-state";

const LONGEST = 2000;

export function ChatComposer() {
  const rule = useRoom((state) => state.desk.rules.chat);
  const isHost = useRoom((state) => state.you?.host ?? false);
  if (isHost || rule !== "closed")
    return <Composer isHost={isHost} hostsOnly={!isHost && rule === "hosts"} />;
  return (
    <p className="lr-chat-composer lr-chat-why">
      <Trans>The hosts have closed the chat for now. You can still read it.</Trans>
    </p>
  );
}

function Composer({ isHost, hostsOnly }: { isHost: boolean; hostsOnly: boolean }) {
  const { t } = useLingui();
  const engine = useEngine();
  const { draft, sending, problem } = useChatPage((page) => page);
  const area = useRef<HTMLTextAreaElement>(null);
  const picture = usePicture();
  const id = useId();
  const to: Audience = isHost ? "everyone" : hostsOnly ? "hosts" : draft.to;
  const empty = draft.text.trim() === "" && !draft.image;

  const say = async () => {
    if (empty || sending) return;
    await send(engine, to);
    area.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    // On touch, Enter is a new line for everybody.
    const byKeyboard = isHost && !event.shiftKey && matchMedia("(pointer: fine)").matches;
    const sends = event.ctrlKey || event.metaKey || byKeyboard;
    if (!sends) return;
    event.preventDefault();
    void say();
  };
  const paste = (event: ClipboardEvent) => {
    const file = [...event.clipboardData.files].find(({ type }) => type.startsWith("image/"));
    if (!file) return;
    event.preventDefault();
    void picture.choose(file);
  };
  const insert = (emoji: string) => {
    const { selectionStart, selectionEnd, value } = area.current ?? { value: draft.text };
    const from = selectionStart ?? value.length;
    write(engine, { text: value.slice(0, from) + emoji + value.slice(selectionEnd ?? from) });
    area.current?.focus();
  };

  return (
    <form
      className="lr-chat-composer"
      onSubmit={(event) => {
        event.preventDefault();
        void say();
      }}
    >
      {hostsOnly && (
        <p className="lr-chat-why">
          <Trans>Participants can write only to the hosts for now.</Trans>
        </p>
      )}
      <div className="lr-chat-label">
        <label htmlFor={id}>
          {to === "hosts" ? <Trans>Write to the hosts</Trans> : <Trans>Write to everyone</Trans>}
        </label>
        {!isHost && !hostsOnly && (
          <select
            aria-label={t`Who can read it`}
            value={to}
            onChange={(event) => write(engine, { to: event.target.value as Audience })}
          >
            <option value="everyone">{t`Everyone`}</option>
            <option value="hosts">{t`The hosts`}</option>
          </select>
        )}
      </div>
      {draft.image && <PicturePreview image={draft.image} onRemove={() => write(engine, { image: null })} />}
      <textarea
        ref={area}
        id={id}
        dir="auto"
        rows={2}
        maxLength={LONGEST}
        value={draft.text}
        aria-describedby={`${id}-hint`}
        onChange={(event) => write(engine, { text: event.target.value })}
        onKeyDown={press}
        onPaste={paste}
      />
      <SendProblemText problem={problem ?? picture.problem} />
      <div className="lr-chat-tools">
        <EmojiPicker onPick={insert} />
        <PictureButton onFile={(file) => void picture.choose(file)} />
        <span id={`${id}-hint`} className="lr-chat-hint lr-grow">
          {isHost ? <Trans>Enter sends</Trans> : <Trans>Ctrl+Enter sends</Trans>}
        </span>
        <button
          type="submit"
          className="lr-chat-send"
          aria-label={t`Send`}
          title={t`Send`}
          aria-disabled={empty || sending}
        >
          <SendHorizontal className="lr-icon lr-mirror" aria-hidden="true" />
        </button>
      </div>
    </form>
  );
}
