/** Whiteboard and Notes as controls of the room: each brings its document onto the stage, and away again. */
import { useLingui } from "@lingui/react/macro";
import { NotebookPen, Presentation } from "lucide-react";
import { useCallback } from "react";
import type { DocumentView } from "../../engine/protocol";
import type { Showing } from "../../hooks/use-showing";
import type { View } from "../../layout/cast";
import type { RoomControl } from "../controls";

export function useDocumentControls(showing: Showing, view: View, onView: (view: View) => void) {
  const { t } = useLingui();
  const { document, choose, open } = showing;
  const seen = view === "everyone" ? null : (document?.kind ?? null);
  const toggle = useCallback(
    (kind: DocumentView["kind"]) => {
      if (seen === kind) return choose({ on: "screen" });
      // It is on the stage already, and only not looked at.
      if (document?.kind === kind) return onView("speaker");
      void open(kind);
    },
    [seen, document, choose, open, onView],
  );
  const toggleBoard = useCallback(() => toggle("board"), [toggle]);
  const control = (
    kind: DocumentView["kind"],
    rest: Pick<RoomControl, "icon" | "word" | "rank">,
  ): RoomControl => ({
    ...rest,
    id: kind,
    look: seen === kind ? "on" : "plain",
    pressed: seen === kind,
    place: "middle",
    press: () => toggle(kind),
  });
  const controls = [
    {
      ...control("board", { icon: <Presentation />, word: t`Whiteboard`, rank: 10 }),
      shortcut: "board" as const,
    },
    control("notes", { icon: <NotebookPen />, word: t`Notes`, rank: 11 }),
  ];
  return { controls, toggleBoard };
}
