// Decisions and details on the browser's own modal dialog: it keeps the focus inside and the page behind still, and needs no
// style element that a strict content policy would refuse.
import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { createPortal } from "react-dom";

import { Button } from "./button";

interface Props {
  title: ReactNode;
  children: ReactNode;
  /** A sheet comes from the inline end, on phones from the bottom. */
  kind?: "dialog" | "sheet";
  onClose: () => void;
}

export function Dialog({ title, children, kind = "dialog", onClose }: Props) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return;
    const before = document.activeElement;
    element.showModal();
    // A destructive question marks its safe answer; else the title is where reading begins.
    (element.querySelector<HTMLElement>("[data-safe]") ?? heading.current)?.focus();
    return () => {
      element.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    const element = dialog.current;
    const cancel = (event: Event) => {
      if (event.target !== element) return;
      event.preventDefault();
      onClose();
    };
    element?.addEventListener("cancel", cancel);
    return () => element?.removeEventListener("cancel", cancel);
  }, [onClose]);
  // Outside of tables and sentences, whose styles and rules of nesting are not meant for it.
  return createPortal(
    <dialog ref={dialog} className={kind} aria-labelledby={id}>
      <div className="dialog-head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <Button look="quiet" size="sm" icon onClick={onClose} aria-label={t`Close`} title={t`Close`}>
          <X className="i" aria-hidden />
        </Button>
      </div>
      <div className="dialog-body">{children}</div>
    </dialog>,
    document.body,
  );
}
