/** One message: who, when, what; and what its writer or a host can do with it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Pencil, Trash2 } from "lucide-react";
import { memo, useRef, useState } from "react";
import type { ChatMessage } from "../../engine/protocol";
import { useClockFormat } from "../../hooks/use-clock";
import { useEngine, useRoom } from "../../hooks/use-room";
import { Face } from "../face";
import { RoomDialog } from "../room-dialog";
import { ChatEdit } from "./chat-edit";
import { ChatPicture } from "./chat-picture";
import { ChatText } from "./chat-text";

interface Props {
  message: ChatMessage;
  /** Tab stops at what can be done with this one. */
  reached: boolean;
  /** Id of the words that tell how the keyboard comes to the others. */
  hint: string;
  onGrow: () => void;
}

export const Message = memo(function Message({ message, reached, hint, onGrow }: Props) {
  const { t } = useLingui();
  const format = useClockFormat();
  const isMine = useRoom((state) => state.you?.user_id === message.user_id);
  const isHost = useRoom((state) => state.you?.host ?? false);
  const [doing, setDoing] = useState<"edit" | "remove" | null>(null);
  const item = useRef<HTMLLIElement>(null);
  const { name } = message;
  const button = { type: "button", tabIndex: reached ? 0 : -1, "aria-describedby": hint } as const;
  const done = () => {
    setDoing(null);
    item.current?.focus({ preventScroll: true });
  };
  const removed = message.removed_at !== null;
  // A picture alone has no words to change.
  const mayEdit = isMine && message.text !== "";
  return (
    <li ref={item} className="lr-chat-message" tabIndex={-1} data-message={message.id}>
      <Face name={name} />
      <div className="lr-chat-body">
        <p className="lr-chat-head">
          <b dir="auto">{name}</b>
          {message.staff && <Word>{t`host`}</Word>}
          <time dateTime={message.said_at}>{format(message.said_at)}</time>
          {message.to === "hosts" && <Word>{t`to the hosts`}</Word>}
          {message.edited_at && !removed && <span>{t`edited`}</span>}
        </p>
        {removed ? (
          <p className="lr-chat-removed">
            <Trans>This message was removed</Trans>
          </p>
        ) : doing === "edit" ? (
          <ChatEdit message={message} onDone={done} />
        ) : (
          <>
            {message.text && <ChatText text={message.text} />}
            {message.image && <ChatPicture message={message} onGrow={onGrow} />}
          </>
        )}
        {!removed && doing !== "edit" && (isMine || isHost) && (
          <div className="lr-chat-acts" data-chat-acts>
            {mayEdit && (
              <button
                {...button}
                data-chat-act="edit"
                className="lr-chat-act"
                onClick={() => setDoing("edit")}
              >
                <Pencil className="lr-icon" aria-hidden="true" />
                <Trans>Edit</Trans>
                <About message={message} />
              </button>
            )}
            <button
              {...button}
              data-chat-act="remove"
              className="lr-chat-act"
              onClick={() => setDoing("remove")}
            >
              <Trash2 className="lr-icon" aria-hidden="true" />
              <Trans>Remove</Trans>
              <About message={message} />
            </button>
          </div>
        )}
      </div>
      {doing === "remove" && <RemoveDialog message={message} onDone={done} />}
    </li>
  );
});

const Word = ({ children }: { children: string }) => <span className="lr-chat-word">{children}</span>;

/** Which message a button is about, for who does not see where it stands. */
function About({ message }: { message: ChatMessage }) {
  const { t } = useLingui();
  const name = message.name;
  const start = message.text.slice(0, 40);
  return <span className="lr-sr">{start ? t`: ${name}, ${start}` : t`: ${name}, picture`}</span>;
}

function RemoveDialog({ message, onDone }: { message: ChatMessage; onDone: () => void }) {
  const engine = useEngine();
  const remove = () => void engine.act("remove_message", { id: message.id }).then(onDone);
  return (
    <RoomDialog
      title={<Trans>Remove this message?</Trans>}
      destructive
      onClose={onDone}
      actions={
        <>
          <button type="button" className="lr-choice" onClick={onDone}>
            <Trans>Keep it</Trans>
          </button>
          <button type="button" className="lr-choice lr-danger-fill" onClick={remove}>
            <Trans>Remove the message</Trans>
          </button>
        </>
      }
    >
      <p>
        <Trans>Nobody in the room can read it after that.</Trans>
      </p>
    </RoomDialog>
  );
}
