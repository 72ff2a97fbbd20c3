/** Where the others are in the notes: a caret with a name each, drawn over the text and no part of it. */
import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from "@tiptap/y-tiptap";
import * as Y from "yjs";

export interface Caret {
  seat: string;
  name: string;
  /** One of a few colours. */
  tone: number;
  /** What their page said. */
  state: string;
}

export const TONES = 6;
const LONGEST = 500;
const key = new PluginKey<Shown>("carets");

interface Shown {
  carets: Caret[];
  drawn: DecorationSet;
}

/** The part of the binding's state that is used here. */
interface Binding {
  doc: Y.Doc;
  type: Y.XmlFragment;
  binding: { mapping: Map<Y.AbstractType<unknown>, Node | Node[]> } | null;
}

export const Carets = Extension.create<{ point: (state: string | null) => void }>({
  name: "carets",
  addOptions: () => ({ point: () => undefined }),
  addProseMirrorPlugins() {
    const { point } = this.options;
    const tell = (view: EditorView) => point(view.editable && view.hasFocus() ? place(view.state) : null);
    return [
      new Plugin<Shown>({
        key,
        state: { init: () => ({ carets: [], drawn: DecorationSet.empty }), apply: next },
        props: {
          decorations: (state) => key.getState(state)?.drawn,
          handleDOMEvents: {
            // The browser moves the focus first.
            focus: (view) => void setTimeout(() => !view.isDestroyed && tell(view)),
            blur: () => void point(null),
          },
        },
        view: () => ({
          update: (view, before) => {
            if (before.doc !== view.state.doc || !before.selection.eq(view.state.selection)) tell(view);
          },
          destroy: () => point(null),
        }),
      }),
    ];
  },
});

export function showCarets(view: EditorView, carets: Caret[]): void {
  view.dispatch(view.state.tr.setMeta(key, carets));
}

function next(tr: Transaction, was: Shown, _before: EditorState, state: EditorState): Shown {
  const told = tr.getMeta(key) as Caret[] | undefined;
  const carets = told ?? was.carets;
  // A change of ours stands in the shared document only after it is drawn; until then theirs are moved along.
  const isTheirs = tr.getMeta(ySyncPluginKey) !== undefined;
  if (!told && !isTheirs) return { carets, drawn: was.drawn.map(tr.mapping, tr.doc) };
  return {
    carets,
    drawn: DecorationSet.create(
      state.doc,
      carets.flatMap((caret) => draw(caret, state)),
    ),
  };
}

function draw(caret: Caret, state: EditorState): Decoration[] {
  const at = find(caret.state, state);
  if (!at) return [];
  const [from, to] = [Math.min(at.anchor, at.head), Math.max(at.anchor, at.head)];
  const drawn = [
    Decoration.widget(at.head, () => element(caret), {
      side: 10,
      key: `${caret.seat} ${caret.state}`,
      ignoreSelection: true,
    }),
  ];
  if (from < to)
    drawn.push(Decoration.inline(from, to, { class: "nt-theirs", "data-tone": `${caret.tone}` }));
  return drawn;
}

function element({ name, tone }: Caret): HTMLElement {
  const caret = document.createElement("span");
  caret.className = "nt-caret";
  caret.dataset.tone = String(tone);
  // Who writes is said in words below the notes.
  caret.ariaHidden = "true";
  const label = document.createElement("span");
  label.className = "nt-caret-name";
  label.textContent = name;
  caret.append(label);
  return caret;
}

/** My own place, in words that hold when others write before it. */
function place(state: EditorState): string | null {
  const { type, binding } = bindingOf(state);
  if (!binding) return null;
  const said = (at: number) =>
    absolutePositionToRelativePosition(at, type, binding.mapping) as Y.RelativePosition;
  const { anchor, head } = state.selection;
  const text = JSON.stringify({ anchor: said(anchor), head: said(head) });
  return text.length <= LONGEST ? text : null;
}

/** Other pages may say anything: what is no place in these notes is not shown. */
function find(said: string, state: EditorState): { anchor: number; head: number } | null {
  const { doc, type, binding } = bindingOf(state);
  if (!binding) return null;
  try {
    const { anchor, head } = JSON.parse(said) as { anchor: unknown; head: unknown };
    const at = (json: unknown) =>
      relativePositionToAbsolutePosition(doc, type, Y.createRelativePositionFromJSON(json), binding.mapping);
    const found = { anchor: at(anchor), head: at(head) };
    const isHere = (one: number | null) => one !== null && one >= 0 && one <= state.doc.content.size;
    return isHere(found.anchor) && isHere(found.head) ? (found as { anchor: number; head: number }) : null;
  } catch {
    return null;
  }
}

function bindingOf(state: EditorState): Binding {
  return ySyncPluginKey.getState(state) as Binding;
}
