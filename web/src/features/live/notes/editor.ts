/** The editor of the notes, on the document that the class shares. Without React: a screen mounts it. */
import { Editor, Extension } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import type { Doc } from "yjs";

import { Carets } from "./carets";
import { notesSchema } from "./schema";

/** The one name that the server knows in notes. */
export const FIELD = "notes";

interface Options {
  doc: Doc;
  editable: boolean;
  /** What the text field is called. */
  label: string;
  box: (text: string) => string;
  point?: (state: string | null) => void;
  /** To where the tools are; false when there are none. */
  onEscape?: () => boolean;
  onTooMuch?: () => void;
}

const nothing = () => undefined;

export function newEditor(options: Options): Editor {
  const { doc, editable, label, box, point = nothing, onTooMuch = nothing } = options;
  const Leave = Extension.create({
    name: "leave",
    addKeyboardShortcuts: () => ({ Escape: () => options.onEscape?.() ?? false }),
  });
  return new Editor({
    element: null,
    editable,
    // The page's rules allow no styles that are put in by a script.
    injectCSS: false,
    textDirection: "auto",
    extensions: [
      ...notesSchema({ box, onTooMuch }),
      Collaboration.configure({ document: doc, field: FIELD }),
      Carets.configure({ point }),
      Leave,
    ],
    editorProps: {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label,
        "aria-readonly": String(!editable),
        // Who only reads can still come here and scroll with the keys.
        tabindex: "0",
        class: "nt-text",
      },
    },
  });
}
