/** What the list does to the board: each time one step for undo, and said. */
import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { Board, BoardElement } from "../objects";
import { mention } from "./describe";
import type { Thing } from "./things";

export interface Acts {
  write: (elements: BoardElement[], said: string) => void;
  remove: (thing: Thing) => void;
  undo: () => void;
  redo: () => void;
}

export function useActs(board: Board, say: (text: string) => void): Acts {
  const { t } = useLingui();
  return useMemo(() => {
    const step = (act: () => void) => {
      // Otherwise what was done a moment ago would be taken back with it.
      board.undo.stopCapturing();
      act();
      board.undo.stopCapturing();
    };
    return {
      write: (elements, said) => {
        step(() => board.put(elements));
        say(said);
      },
      remove: (thing) => {
        const what = mention(thing);
        step(() => board.remove(thing.parts.map(({ id }) => id)));
        say(t`Deleted ${what}. Undo brings it back.`);
      },
      undo: () => {
        say(board.undo.undo() ? t`Undone.` : t`There is nothing of yours to undo.`);
      },
      redo: () => {
        say(board.undo.redo() ? t`Done again.` : t`There is nothing to do again.`);
      },
    };
  }, [board, say, t]);
}
