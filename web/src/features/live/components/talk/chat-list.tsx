/** The messages in their order. The view stays at the end only for who is there already. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowDown } from "lucide-react";
import { Fragment, useCallback, useId, useState } from "react";
import type { ChatMessage } from "../../engine/protocol";
import { useClockFormat } from "../../hooks/use-clock";
import { useEngine, useRoom } from "../../hooks/use-room";
import { useActKeys } from "./chat-keys";
import { MarkLine } from "./chat-marks";
import { Message } from "./chat-message";
import { useStickyEnd } from "./chat-scroll";
import { type News, useChatPage } from "./chat-state";

export function ChatList({ news }: { news: News | null }) {
  const { t } = useLingui();
  const messages = useRoom((state) => state.talk.messages);
  const me = useRoom((state) => state.you?.user_id);
  const last = messages.at(-1);
  const { box, onScroll, toEnd, stick, hasNews } = useStickyEnd(
    messages[0]?.seq ?? 0,
    last?.seq ?? 0,
    last?.user_id === me,
  );
  const { reading, read, failed } = useOlder();
  const older = useRoom((state) => state.talk.older);
  const isMarked = useChatPage((page) => page.marks.length > 0);
  const hint = useId();
  return (
    <div className="lr-chat-view">
      <div
        ref={box}
        className="lr-panel-scroll lr-chat-scroll"
        onScroll={onScroll}
        // What scrolls must be within reach of the keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        data-chat-scroll
      >
        {older && (
          <button type="button" className="lr-chat-older" aria-disabled={reading} onClick={read}>
            {reading ? <Trans>Reading older messages</Trans> : <Trans>Read older messages</Trans>}
          </button>
        )}
        <p role="status" className="lr-chat-problem">
          {failed && t`The older messages did not come. Try again.`}
        </p>
        {/* What is new is said by the room's own live region, once and in short. */}
        <div role="log" aria-label={t`Messages`} aria-live="off">
          {messages.length === 0 && !isMarked ? (
            <p className="lr-chat-none">
              <Trans>Nobody has written yet.</Trans>
            </p>
          ) : (
            <Messages messages={messages} news={news} hint={hint} onGrow={stick} />
          )}
        </div>
      </div>
      <p id={hint} className="lr-chat-keys">
        <Trans>Arrow keys up and down go to the other messages.</Trans>
      </p>
      {hasNews && (
        <button type="button" className="lr-chat-news" onClick={toEnd}>
          <ArrowDown className="lr-icon" aria-hidden="true" />
          <Trans>New messages</Trans>
        </button>
      )}
    </div>
  );
}

interface MessagesProps {
  messages: ChatMessage[];
  news: News | null;
  /** Id of the words about the arrow keys. */
  hint: string;
  onGrow: () => void;
}

function Messages({ messages, news, hint, onGrow }: MessagesProps) {
  const { reached, list } = useActKeys(messages);
  const marks = useChatPage((page) => page.marks);
  /** What happened after one message and before the next. */
  const marked = (from: number, to: number) =>
    marks
      .filter(({ after }) => from <= after && after < to)
      .map((mark) => <MarkLine key={mark.at} mark={mark} onGrow={onGrow} />);
  return (
    <ol className="lr-chat-list" {...list}>
      {messages.map((message, index) => (
        <Fragment key={message.id}>
          {marked(messages[index - 1]?.seq ?? 0, message.seq)}
          {news?.seq === message.seq && <NewSince at={news.since} />}
          <Message message={message} reached={message.id === reached} hint={hint} onGrow={onGrow} />
        </Fragment>
      ))}
      {marked(messages.at(-1)?.seq ?? 0, Infinity)}
    </ol>
  );
}

/** Between what one had seen and what came after; an item of the list, since a list holds nothing else. */
function NewSince({ at }: { at: string }) {
  const { t } = useLingui();
  const time = useClockFormat()(at);
  const words = t`New since ${time}`;
  return (
    <li>
      <div role="separator" aria-label={words} className="lr-chat-since">
        <span aria-hidden="true">{words}</span>
      </div>
    </li>
  );
}

function useOlder() {
  const engine = useEngine();
  const [state, setState] = useState<"rest" | "reading" | "failed">("rest");
  const reading = state === "reading";
  const read = useCallback(() => {
    if (reading) return;
    setState("reading");
    engine.talk.readOlder().then(
      () => setState("rest"),
      () => setState("failed"),
    );
  }, [engine, reading]);
  return { reading, read, failed: state === "failed" };
}
