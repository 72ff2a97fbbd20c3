/** Notes to read, with what takes them along. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import * as Y from "yjs";

import { FIELD, newEditor } from "../notes/editor";
import "../notes/notes.css";
import { SaveNotes } from "../notes/save-notes";
import type { SheetProps } from "./sheet";
import { useDoc } from "./use-doc";

export default function NotesSheet({ opened, session, date }: SheetProps) {
  const doc = useDoc(opened);
  return (
    doc && <Sheet key={doc.guid} doc={doc} name={opened.document.title} title={session.title} date={date} />
  );
}

interface Props {
  doc: Y.Doc;
  /** Of the notes. */
  name: string;
  /** Of the class. */
  title: string;
  date: string;
}

function Sheet({ doc, name, title, date }: Props) {
  const { t } = useLingui();
  const [box, mount] = useState<HTMLElement | null>(null);
  const [editor] = useState(() =>
    newEditor({
      doc,
      editable: false,
      label: name,
      box: (text) => (text ? t`Done: ${text}` : t`Done`),
    }),
  );
  useEffect(() => {
    if (!box) return;
    editor.mount(box);
    return () => editor.unmount();
  }, [box, editor]);
  return (
    <div className="nt nt-sheet" data-theme="light">
      {!hasWords(doc.getXmlFragment(FIELD)) && (
        <p className="nt-empty">
          <Trans>Nothing was written here.</Trans>
        </p>
      )}
      <div className="nt-paper" ref={mount} />
      <div className="nt-foot">
        <SaveNotes read={() => editor.getJSON()} title={title} date={date} />
      </div>
    </div>
  );
}

function hasWords(node: Y.XmlFragment): boolean {
  return node.toArray().some((one) => (one instanceof Y.XmlFragment ? hasWords(one) : one.toJSON() !== ""));
}
