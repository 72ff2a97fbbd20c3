/** What can be done with the words of the notes; the toolbar shows it in this order. */
import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import type { ChainedCommands, Editor } from "@tiptap/core";
import {
  Bold,
  Heading1,
  Heading2,
  IndentDecrease,
  IndentIncrease,
  Italic,
  Link,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Redo2,
  Strikethrough,
  TextQuote,
  Underline,
  Undo2,
} from "lucide-react";

export interface Tool {
  id: string;
  Icon: LucideIcon;
  /** Below the icon. */
  word: MessageDescriptor;
  /** Where the word alone says too little. */
  name?: MessageDescriptor;
  /** As in `aria-keyshortcuts`; Control is Meta on a Mac. */
  keys?: string;
  /** Turns in right-to-left writing. */
  mirrored?: boolean;
  /** On or off where the cursor is; left out for what only happens. */
  isOn?: (editor: Editor) => boolean;
  /** The link has a form of its own. */
  run?: (chain: ChainedCommands, editor: Editor) => ChainedCommands;
}

/** The kind of list item that the cursor is in. */
const itemOf = (editor: Editor) => (editor.isActive("taskItem") ? "taskItem" : "listItem");

export const TOOLS: readonly Tool[] = [
  {
    id: "undo",
    Icon: Undo2,
    word: msg`Undo`,
    name: msg`Undo what I wrote`,
    keys: "Control+Z",
    mirrored: true,
    run: (chain) => chain.undo(),
  },
  {
    id: "redo",
    Icon: Redo2,
    word: msg`Redo`,
    name: msg`Redo what I undid`,
    keys: "Control+Y",
    mirrored: true,
    run: (chain) => chain.redo(),
  },
  {
    id: "heading1",
    Icon: Heading1,
    word: msg`Heading`,
    keys: "Control+Alt+1",
    isOn: (editor) => editor.isActive("heading", { level: 1 }),
    run: (chain) => chain.toggleHeading({ level: 1 }),
  },
  {
    id: "heading2",
    Icon: Heading2,
    word: msg`Smaller`,
    name: msg`Smaller heading`,
    keys: "Control+Alt+2",
    isOn: (editor) => editor.isActive("heading", { level: 2 }),
    run: (chain) => chain.toggleHeading({ level: 2 }),
  },
  {
    id: "bold",
    Icon: Bold,
    word: msg`Bold`,
    keys: "Control+B",
    isOn: (editor) => editor.isActive("bold"),
    run: (chain) => chain.toggleBold(),
  },
  {
    id: "italic",
    Icon: Italic,
    word: msg`Italic`,
    keys: "Control+I",
    isOn: (editor) => editor.isActive("italic"),
    run: (chain) => chain.toggleItalic(),
  },
  {
    id: "underline",
    Icon: Underline,
    word: msg`Underline`,
    keys: "Control+U",
    isOn: (editor) => editor.isActive("underline"),
    run: (chain) => chain.toggleUnderline(),
  },
  {
    id: "strike",
    Icon: Strikethrough,
    word: msg`Strike`,
    name: msg`Strike through`,
    keys: "Control+Shift+S",
    isOn: (editor) => editor.isActive("strike"),
    run: (chain) => chain.toggleStrike(),
  },
  {
    id: "bullets",
    Icon: List,
    word: msg`List`,
    name: msg`List with dots`,
    keys: "Control+Shift+8",
    isOn: (editor) => editor.isActive("bulletList"),
    run: (chain) => chain.toggleBulletList(),
  },
  {
    id: "numbers",
    Icon: ListOrdered,
    word: msg`Numbers`,
    name: msg`List with numbers`,
    keys: "Control+Shift+7",
    isOn: (editor) => editor.isActive("orderedList"),
    run: (chain) => chain.toggleOrderedList(),
  },
  {
    id: "checks",
    Icon: ListChecks,
    word: msg`Checks`,
    name: msg`List with boxes to check`,
    keys: "Control+Shift+9",
    isOn: (editor) => editor.isActive("taskList"),
    run: (chain) => chain.toggleTaskList(),
  },
  {
    id: "out",
    Icon: IndentDecrease,
    word: msg`Out`,
    name: msg`Move out in the list`,
    keys: "Control+[",
    mirrored: true,
    run: (chain, editor) => chain.liftListItem(itemOf(editor)),
  },
  {
    id: "in",
    Icon: IndentIncrease,
    word: msg`In`,
    name: msg`Move in in the list`,
    keys: "Control+]",
    mirrored: true,
    run: (chain, editor) => chain.sinkListItem(itemOf(editor)),
  },
  {
    id: "quote",
    Icon: TextQuote,
    word: msg`Quote`,
    keys: "Control+Shift+B",
    mirrored: true,
    isOn: (editor) => editor.isActive("blockquote"),
    run: (chain) => chain.toggleBlockquote(),
  },
  { id: "link", Icon: Link, word: msg`Link`, isOn: (editor) => editor.isActive("link") },
];

/** Whether it can be done where the cursor is. */
export function can(editor: Editor, tool: Tool): boolean {
  return !tool.run || tool.run(editor.can().chain(), editor).run();
}
