/** A decision in the room, on the browser's own modal dialog: focus stays inside, Escape closes, focus returns. */
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useRoom } from "../hooks/use-room";
import { useNoteText } from "./note-text";

interface Props {
  title: ReactNode;
  children: ReactNode;
  /** What can be pressed; a safe choice first, it gets the focus when `destructive`. */
  actions: ReactNode;
  destructive?: boolean;
  /** A menu hangs over the bar on a desk and can be closed by pressing beside it. */
  look?: "decision" | "menu";
  onClose: () => void;
}

export function RoomDialog({
  title,
  children,
  actions,
  destructive = false,
  look = "decision",
  onClose,
}: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const foot = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return;
    const before = document.activeElement;
    element.showModal();
    if (destructive) foot.current?.querySelector("button")?.focus();
    else heading.current?.focus();
    return () => {
      element.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [destructive]);
  useEffect(() => {
    const element = dialog.current;
    // The dialog is taken away by whoever drew it, not by the browser.
    const cancel = (event: Event) => {
      event.preventDefault();
      onClose();
    };
    const beside = (event: Event) => event.target === element && onClose();
    element?.addEventListener("cancel", cancel);
    if (look === "menu") element?.addEventListener("click", beside);
    return () => {
      element?.removeEventListener("cancel", cancel);
      element?.removeEventListener("click", beside);
    };
  }, [look, onClose]);
  return (
    <dialog ref={dialog} className="lr-dialog" data-look={look} aria-labelledby={id}>
      <div className="lr-dialog-in">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <div>
          <div className="lr-dialog-body">{children}</div>
          <Failure />
        </div>
        <div ref={foot} className="lr-dialog-actions">
          {actions}
        </div>
      </div>
    </dialog>
  );
}

/** Why nothing came of what was pressed in here: the banner behind an open dialog is neither well seen nor heard. */
function Failure() {
  const note = useRoom((state) => state.note);
  const textOf = useNoteText();
  const [before] = useState(note?.count ?? 0);
  const failed = (note?.kind === "unsent" || note?.kind === "refused") && note.count > before;
  return (
    // Always there, to be listened to; empty it takes no place.
    <p className="lr-dialog-failure" aria-live="polite">
      {failed && <span key={note.count}>{textOf(note)}</span>}
    </p>
  );
}
