/** The dialogs of the list: which one is open, and for which thing. A thing that goes away takes its dialog with it. */
import type { Board } from "../objects";
import { AddDialog } from "./add-dialog";
import { ColourDialog } from "./colour-dialog";
import { MoveDialog } from "./move-dialog";
import { ReadDialog } from "./read-dialog";
import type { Thing } from "./things";
import type { Acts } from "./use-acts";
import type { Things } from "./all-things";
import { LinkDialog, WordsDialog } from "./words-dialog";

export interface Opened {
  what: "add" | "read" | "words" | "colour" | "link" | "move";
  /** Of the thing that it is about. */
  id?: string;
}

export interface DialogProps {
  things: Things;
  board: Board;
  acts: Acts;
  onSelect: (id: string | null) => void;
  onClose: () => void;
}
export type ThingDialogProps = DialogProps & { thing: Thing };

export function BoardDialogs({
  opened,
  ...props
}: DialogProps & { opened: Opened; say: (text: string) => void }) {
  if (opened.what === "add") return <AddDialog {...props} />;
  if (opened.what === "read") return <ReadDialog {...props} />;
  const thing = props.things.find(opened.id ?? "");
  if (!thing) return null;
  if (opened.what === "words") return <WordsDialog {...props} thing={thing} />;
  if (opened.what === "colour") return <ColourDialog {...props} thing={thing} />;
  if (opened.what === "link") return <LinkDialog {...props} thing={thing} />;
  return <MoveDialog {...props} thing={thing} />;
}
