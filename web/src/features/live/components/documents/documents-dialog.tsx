/** The boards of the room, or its notes: go to another one, make one, name it, and for hosts to show it or remove it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Eye, EyeOff, NotebookPen, Pencil, Plus, Presentation, Trash2 } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import type { DocumentView } from "../../engine/protocol";
import { mayDraw } from "../../engine/rules";
import { useEngine, useRoom } from "../../hooks/use-room";
import type { Showing } from "../../hooks/use-showing";
import { Choice } from "../more-dialog";
import { RoomDialog } from "../room-dialog";

interface Props {
  document: DocumentView;
  showing: Showing;
  onClose: () => void;
}

const LONGEST = 80;

export default function DocumentsDialog(props: Props) {
  const [asking, ask] = useState<"add" | "name" | "remove" | null>(null);
  if (asking === "add" || asking === "name") return <NameDialog {...props} of={asking} />;
  if (asking === "remove") return <RemoveDialog {...props} />;
  return <ListDialog {...props} onAsk={ask} />;
}

function ListDialog({
  document,
  showing,
  onClose,
  onAsk,
}: Props & { onAsk: (what: "add" | "name" | "remove") => void }) {
  const { t } = useLingui();
  const engine = useEngine();
  const all = useRoom((state) => state.documents);
  const host = useRoom((state) => state.you?.host ?? false);
  const inMainRoom = useRoom((state) => state.you?.breakout_id === null);
  const draws = useRoom(mayDraw);
  const isShown = useRoom((state) => state.desk.shown === document.id);
  const isBoard = document.kind === "board";
  const names = all.filter(({ kind }) => kind === document.kind);
  const go = (id: string) => {
    onClose();
    showing.choose({ on: "document", id });
  };
  const show = () => {
    onClose();
    void engine.act("show_document", { document_id: isShown ? null : document.id });
  };
  return (
    <RoomDialog
      look="menu"
      title={isBoard ? <Trans>Boards</Trans> : <Trans>Notes</Trans>}
      onClose={onClose}
      actions={
        <button type="button" className="lr-choice" onClick={onClose}>
          <Trans>Close</Trans>
        </button>
      }
    >
      <div className="lr-more">
        <div className="lr-more-group" role="group" aria-label={t`Go to`}>
          {names.map(({ id, title }) => (
            <Choice
              key={id}
              icon={isBoard ? <Presentation /> : <NotebookPen />}
              word={title}
              pressed={id === document.id}
              onPress={() => go(id)}
            />
          ))}
        </div>
        {isBoard && draws && <Choice icon={<Plus />} word={t`New board`} onPress={() => onAsk("add")} />}
        {/* Whose it is the server knows; it says no to anybody else. */}
        {(host || draws) && <Choice icon={<Pencil />} word={t`Rename`} onPress={() => onAsk("name")} />}
        {host && inMainRoom && (
          <Choice
            icon={isShown ? <EyeOff /> : <Eye />}
            word={isShown ? t`Stop showing` : t`Show to everyone`}
            onPress={show}
          />
        )}
        {host && <Choice danger icon={<Trash2 />} word={t`Remove`} onPress={() => onAsk("remove")} />}
      </div>
    </RoomDialog>
  );
}

function NameDialog({ document, showing, onClose, of }: Props & { of: "add" | "name" }) {
  const { t } = useLingui();
  const engine = useEngine();
  const form = useId();
  const count = useRoom((state) => state.documents.filter(({ kind }) => kind === "board").length);
  const next = count + 1;
  const [name, setName] = useState(() => (of === "add" ? t`Whiteboard ${next}` : document.title));
  const done = (event: FormEvent) => {
    event.preventDefault();
    const title = name.trim();
    if (!title) return;
    onClose();
    if (of === "add") void showing.add(title);
    else if (title !== document.title) void engine.act("name_document", { document_id: document.id, title });
  };
  return (
    <RoomDialog
      title={of === "add" ? <Trans>New board</Trans> : <Trans>Rename</Trans>}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Cancel</Trans>
          </button>
          <button type="submit" form={form} className="lr-choice" data-main="true">
            {of === "add" ? <Trans>Make the board</Trans> : <Trans>Save the name</Trans>}
          </button>
        </>
      }
    >
      <form id={form} className="lr-name-form" onSubmit={done}>
        <label>
          <Trans>Name</Trans>
          <input
            value={name}
            maxLength={LONGEST}
            required
            onChange={(event) => setName(event.target.value)}
          />
        </label>
      </form>
    </RoomDialog>
  );
}

function RemoveDialog({ document, onClose }: Props) {
  const engine = useEngine();
  const { title } = document;
  const remove = () => {
    onClose();
    void engine.act("remove_document", { document_id: document.id });
  };
  return (
    <RoomDialog
      destructive
      title={<Trans>Remove “{title}”?</Trans>}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Keep it</Trans>
          </button>
          <button type="button" className="lr-choice" data-danger="true" onClick={remove}>
            <Trans>Remove for everyone</Trans>
          </button>
        </>
      }
    >
      <p>
        <Trans>It goes away for everyone in the room, with all that is on it.</Trans>
      </p>
    </RoomDialog>
  );
}
