/** What notes can be made of. What is pasted, and what other pages write, goes through this and nothing else. */
import { Extension, type Extensions } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { Italic } from "@tiptap/extension-italic";
import { Link } from "@tiptap/extension-link";
import { BulletList, ListItem, OrderedList, TaskItem, TaskList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Strike } from "@tiptap/extension-strike";
import { Text } from "@tiptap/extension-text";
import { Underline } from "@tiptap/extension-underline";
import type { Node } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import { ySyncPluginKey } from "@tiptap/y-tiptap";

import { isSafeLink } from "./links";

/** The server takes notes of 32 levels; a few are left for what is inside a list item. */
export const DEEPEST = 24;
/** So much at once, in characters: the server takes 256 KiB in one message. */
export const MOST_AT_ONCE = 60_000;

/** The page has its own headings above those of the notes. */
const Headings = Heading.extend({
  parseHTML() {
    return [
      { tag: "[data-level='1']", attrs: { level: 1 } },
      { tag: "[data-level='2']", attrs: { level: 2 } },
      { tag: "h1", attrs: { level: 1 } },
      ...["h2", "h3", "h4", "h5", "h6"].map((tag) => ({ tag, attrs: { level: 2 } })),
    ];
  },
  renderHTML({ node }) {
    const level = node.attrs.level === 1 ? 1 : 2;
    return [`h${level + 2}`, { "data-level": level }, 0];
  },
});

/** Tab leaves the notes; lists are nested with Ctrl and a bracket, or the toolbar. */
const Items = ListItem.extend({
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      "Mod-]": () => this.editor.commands.sinkListItem(this.name),
      "Mod-[": () => this.editor.commands.liftListItem(this.name),
    };
  },
});
const Checks = TaskItem.extend({
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      "Mod-]": () => this.editor.commands.sinkListItem(this.name),
      "Mod-[": () => this.editor.commands.liftListItem(this.name),
    };
  },
});

/** Keeps out what the server would not take: then nothing of what was written before is lost with it. */
const Limits = Extension.create<{ onTooMuch: () => void }>({
  name: "limits",
  addOptions: () => ({ onTooMuch: () => undefined }),
  addProseMirrorPlugins() {
    const { onTooMuch } = this.options;
    return [
      new Plugin({
        filterTransaction(tr) {
          if (!tr.docChanged || tr.getMeta(ySyncPluginKey)) return true;
          const more = tr.doc.content.size - tr.before.content.size;
          const fits = more <= MOST_AT_ONCE && depthOf(tr.doc) <= DEEPEST;
          if (!fits) onTooMuch();
          return fits;
        },
      }),
    ];
  },
});

export function depthOf(node: Node): number {
  let deepest = 0;
  node.forEach((child) => {
    if (!child.isText) deepest = Math.max(deepest, depthOf(child) + 1);
  });
  return deepest;
}

interface Words {
  /** Names a box of a check list. */
  box: (text: string) => string;
  onTooMuch: () => void;
}

export function notesSchema({ box, onTooMuch }: Words): Extensions {
  return [
    Document,
    Paragraph,
    Text,
    HardBreak,
    Headings.configure({ levels: [1, 2] }),
    Blockquote,
    BulletList,
    OrderedList,
    Items,
    TaskList,
    Checks.configure({
      nested: true,
      a11y: { checkboxLabel: (node: Node) => box(node.firstChild?.textContent ?? "") },
    }),
    Bold,
    Italic,
    Underline,
    Strike,
    Link.configure({
      openOnClick: "whenNotEditable",
      defaultProtocol: "https",
      protocols: [],
      isAllowedUri: (address) => isSafeLink(address),
      HTMLAttributes: { target: "_blank", rel: "noopener noreferrer nofollow" },
    }),
    Limits.configure({ onTooMuch }),
  ];
}
