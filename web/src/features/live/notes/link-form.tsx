/** Where a link leads to: asked below the tools. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Editor } from "@tiptap/core";
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";

import { asLink } from "./links";

interface Props {
  editor: Editor;
  onDone: () => void;
}

export function LinkForm({ editor, onDone }: Props) {
  const { t } = useLingui();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [had] = useState(() => String(editor.getAttributes("link").href ?? ""));
  const [text, setText] = useState(had);
  const [wrong, setWrong] = useState(false);
  useEffect(() => field.current?.focus(), []);
  const set = (event: FormEvent) => {
    event.preventDefault();
    const address = asLink(text);
    if (!address) return setWrong(true);
    link(editor, address, text.trim());
    onDone();
  };
  const remove = () => {
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
    onDone();
  };
  const cancel = () => {
    editor.commands.focus();
    onDone();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    cancel();
  };
  return (
    <form className="nt-link" onSubmit={set} noValidate>
      <label htmlFor={id}>
        <Trans>Address of the link</Trans>
      </label>
      <input
        ref={field}
        id={id}
        type="text"
        inputMode="url"
        autoComplete="off"
        placeholder="example.org"
        value={text}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
        onKeyDown={keys}
      />
      <button type="submit" className="nt-button nt-main">
        {had ? <Trans>Change the link</Trans> : <Trans>Set the link</Trans>}
      </button>
      {had && (
        <button type="button" className="nt-button" onClick={remove}>
          <Trans>Remove the link</Trans>
        </button>
      )}
      <button type="button" className="nt-button" onClick={cancel}>
        <Trans>Cancel</Trans>
      </button>
      {wrong && (
        <p id={`${id}-wrong`} className="nt-wrong" role="alert">
          {t`Write the address of a page, like example.org, or an email address.`}
        </p>
      )}
    </form>
  );
}

/** On what is selected or the link the cursor is in; else the address itself is written. */
function link(editor: Editor, href: string, words: string): void {
  const chain = editor.chain().focus();
  if (!editor.state.selection.empty || editor.isActive("link"))
    chain.extendMarkRange("link").setLink({ href }).run();
  else chain.insertContent({ type: "text", text: words, marks: [{ type: "link", attrs: { href } }] }).run();
}
