/** What polls and questions share: the sentence of a refusal, and the step before something is removed for good. */
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { RoomDialog } from "../room-dialog";
import type { Try } from "./use-try";

/** Always there, so that it is read out when it gets its words. */
export function Trouble({ text }: { text: string | null }) {
  return (
    <p role="alert" className="lr-ask-trouble">
      {text}
    </p>
  );
}

interface RemoveProps {
  title: ReactNode;
  children: ReactNode;
  keep: ReactNode;
  remove: ReactNode;
  attempt: Try;
  onRemove: () => void;
  onClose: () => void;
}

export function RemoveDialog({ title, children, keep, remove, attempt, onRemove, onClose }: RemoveProps) {
  return (
    <RoomDialog
      destructive
      title={title}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="lr-choice" onClick={onClose}>
            {keep}
          </button>
          <button
            type="button"
            className="lr-choice lr-danger-fill"
            aria-busy={attempt.busy}
            onClick={onRemove}
          >
            {remove}
          </button>
        </>
      }
    >
      <p>{children}</p>
      <p>
        <Trans>This cannot be undone.</Trans>
      </p>
      <Trouble text={attempt.problem} />
    </RoomDialog>
  );
}

/** What had the focus is gone: the heading of the panel takes it. */
export function focusPanel(): void {
  document.querySelector<HTMLElement>(".lr-tabpanel h2")?.focus({ preventScroll: true });
}
