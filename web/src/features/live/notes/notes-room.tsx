/** The shared notes of the class: the editor, who else writes, and what is not saved yet. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Editor } from "@tiptap/core";
import { useEffect, useId, useState, useSyncExternalStore } from "react";
import { useStore } from "zustand";

import { browserZone, dayOf } from "../../../lib/times";
import { mayDraw } from "../engine/rules";
import type { SharedDocument } from "../engine/shared-document";
import { useRoom } from "../hooks/use-room";
import { showCarets } from "./carets";
import { caretsOf } from "./carets-of";
import { Copy } from "./copy";
import { newEditor } from "./editor";
import type { NotesProps } from "./notes-stage";
import { SaveNotes } from "./save-notes";
import { Status, type Trouble } from "./status";
import { Toolbar } from "./toolbar";
import { useShared } from "./use-shared";
import { useWriting } from "./use-writing";

export function NotesRoom({ document }: NotesProps) {
  const shared = useShared(document.id);
  return (
    <section className="nt" data-theme="light" aria-label={document.title}>
      {shared ? <Shared key={shared.id} shared={shared} /> : <Wait />}
    </section>
  );
}

function Shared({ shared }: { shared: SharedDocument }) {
  const doc = useStore(shared.store, (state) => state.doc);
  const phase = useStore(shared.store, (state) => state.phase);
  const isKnown = useStore(shared.store, (state) => state.about !== null);
  const mayWrite = useRoom(mayDraw) && phase !== "gone";
  // What is read anew after a refusal is not shown before it is there.
  if (!isKnown || phase === "opening") return phase === "gone" ? <Gone shared={shared} /> : <Wait />;
  return <Paper key={`${doc.guid} ${mayWrite}`} shared={shared} doc={doc} mayWrite={mayWrite} />;
}

function Wait() {
  return (
    <div className="nt-paper nt-wait" role="status">
      <Trans>Opening the notes</Trans>
    </div>
  );
}

function Gone({ shared }: { shared: SharedDocument }) {
  return (
    <>
      <div className="nt-paper" />
      <Status shared={shared} mayWrite={false} trouble={null} writing={[]} />
    </>
  );
}

interface PaperProps {
  shared: SharedDocument;
  doc: SharedDocument["doc"];
  mayWrite: boolean;
}

function Paper({ shared, doc, mayWrite }: PaperProps) {
  const tools = useId();
  const [trouble, setTrouble] = useState<Trouble>(null);
  const session = useRoom((state) => state.session);
  const { editor, isThere, mount } = useEditor({ shared, doc, mayWrite, tools, onTrouble: setTrouble });
  const writing = useWriting(shared, doc);
  return (
    <>
      {mayWrite && isThere && <Toolbar id={tools} editor={editor} />}
      <div className="nt-paper" ref={mount} />
      <Status shared={shared} mayWrite={mayWrite} trouble={trouble} writing={writing}>
        <SaveNotes
          read={() => editor.getJSON()}
          title={session?.title ?? ""}
          date={session ? dayOf(session.starts_at, browserZone()) : ""}
        />
      </Status>
    </>
  );
}

interface EditorProps extends PaperProps {
  /** The id of the toolbar. */
  tools: string;
  onTrouble: (trouble: Trouble) => void;
}

/** The editor for as long as the paper is shown. The paper is a new one for another document or other rights. */
function useEditor({ shared, doc, mayWrite, tools, onTrouble }: EditorProps) {
  const { t } = useLingui();
  const [{ editor, copy }] = useState(() => {
    const copy = mayWrite ? null : new Copy(doc);
    const editor = newEditor({
      doc: copy?.doc ?? doc,
      editable: mayWrite,
      label: t`Notes of this class`,
      box: (text) => (text ? t`Done: ${text}` : t`Done`),
      point: (state) => shared.point(state),
      onEscape: () => focusTools(tools),
      onTooMuch: () => onTrouble("too-much"),
    });
    editor.on("update", () => onTrouble(null));
    return { editor, copy };
  });
  const [box, mount] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (!box) return;
    const stop = copy?.follow();
    editor.mount(box);
    return () => {
      editor.unmount();
      stop?.();
    };
  }, [box, editor, copy]);
  const pointers = useStore(shared.store, (state) => state.pointers);
  const people = useRoom((state) => state.people);
  const me = useRoom((state) => state.you?.seat_id);
  useEffect(() => {
    if (box) showCarets(editor.view, caretsOf(pointers, people, me));
  }, [box, editor, pointers, people, me]);
  return { editor, isThere: useIsMounted(editor), mount };
}

/** Before that an editor has none of its parts, and cannot say what can be done. */
function useIsMounted(editor: Editor): boolean {
  return useSyncExternalStore(
    (hear) => {
      editor.on("mount", hear);
      return () => void editor.off("mount", hear);
    },
    () => !editor.isDestroyed,
  );
}

function focusTools(id: string): boolean {
  const stop = document.getElementById(id)?.querySelector<HTMLElement>("[tabindex='0']");
  stop?.focus();
  return stop !== undefined && stop !== null;
}
