/** What this person drew, taken back and brought again: never what others drew. */
import { Trans } from "@lingui/react/macro";
import { Redo2, Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import type { Board } from "./objects";

export function History({ board, onUndo, onRedo }: { board: Board; onUndo: () => void; onRedo: () => void }) {
  const [can, setCan] = useState({ undo: board.undo.canUndo(), redo: board.undo.canRedo() });
  useEffect(() => {
    const look = () => setCan({ undo: board.undo.canUndo(), redo: board.undo.canRedo() });
    for (const event of ["stack-item-added", "stack-item-popped", "stack-cleared"] as const) {
      board.undo.on(event, look);
    }
    look();
    return () => {
      for (const event of ["stack-item-added", "stack-item-popped", "stack-cleared"] as const) {
        board.undo.off(event, look);
      }
    };
  }, [board]);
  return (
    <>
      <button type="button" className="bd-foot-button" aria-disabled={!can.undo} onClick={onUndo}>
        <Undo2 className="lr-mirror" aria-hidden="true" />
        <span>
          <Trans>Undo</Trans>
        </span>
      </button>
      <button type="button" className="bd-foot-button" aria-disabled={!can.redo} onClick={onRedo}>
        <Redo2 className="lr-mirror" aria-hidden="true" />
        <span>
          <Trans>Redo</Trans>
        </span>
      </button>
    </>
  );
}

/** Which step a key asks for. */
export function historyStep(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">,
): "undo" | "redo" | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? "redo" : "undo";
  return key === "y" && !event.shiftKey ? "redo" : null;
}
