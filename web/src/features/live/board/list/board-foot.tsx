/** Below the list: adding, moving what is chosen and taking back; and, after the last thing, what is needed less often. */
import { Trans, useLingui } from "@lingui/react/macro";
import { BookOpen, Image, type LucideIcon, Move, Plus, Redo2, Undo2 } from "lucide-react";
import { useCallback, useSyncExternalStore } from "react";
import type { Board } from "../objects";
import type { Opened } from "./board-dialogs";
import type { Thing } from "./things";
import type { Acts } from "./use-acts";

interface FootProps {
  board: Board;
  mayDraw: boolean;
  acts: Acts;
  chosen: Thing | undefined;
  onOpen: (dialog: Opened) => void;
}

interface EndProps {
  mayDraw: boolean;
  news: boolean;
  onNews: (on: boolean) => void;
  onOpen: (dialog: Opened) => void;
  onAddPicture: (() => void) | undefined;
}

export function BoardFoot({ board, mayDraw, acts, chosen, onOpen }: FootProps) {
  const { t } = useLingui();
  const can = useCan(board);
  return (
    <div className="bl-foot">
      {mayDraw ? (
        <>
          <FootButton icon={Plus} word={t`Add`} main onPress={() => onOpen({ what: "add" })} />
          {chosen && (
            <FootButton icon={Move} word={t`Move`} onPress={() => onOpen({ what: "move", id: chosen.id })} />
          )}
          <FootButton
            icon={Undo2}
            word={t`Undo`}
            keys="Control+Z"
            off={!can.includes("u")}
            onPress={acts.undo}
          />
          <FootButton
            icon={Redo2}
            word={t`Redo`}
            keys="Control+Y"
            off={!can.includes("r")}
            onPress={acts.redo}
          />
        </>
      ) : (
        <p>
          <Trans>You can read this board. The hosts have kept drawing to themselves for now.</Trans>
        </p>
      )}
    </div>
  );
}

export function ListEnd({ mayDraw, news, onNews, onOpen, onAddPicture }: EndProps) {
  const { t } = useLingui();
  return (
    <div className="bl-end">
      {mayDraw && onAddPicture && <FootButton icon={Image} word={t`Add a picture`} onPress={onAddPicture} />}
      <FootButton icon={BookOpen} word={t`Read the board`} onPress={() => onOpen({ what: "read" })} />
      <label className="lr-switch">
        <input type="checkbox" checked={news} onChange={(event) => onNews(event.target.checked)} />
        <Trans>Tell me what others change</Trans>
      </label>
    </div>
  );
}

interface ButtonProps {
  icon: LucideIcon;
  word: string;
  main?: boolean;
  /** Stays where it is and can be reached: the focus must not be lost on the last step. */
  off?: boolean;
  keys?: string;
  onPress: () => void;
}

function FootButton({ icon: Icon, word, main = false, off = false, keys, onPress }: ButtonProps) {
  return (
    <button
      type="button"
      className="bl-foot-button"
      data-look={main ? "main" : undefined}
      aria-disabled={off}
      aria-keyshortcuts={keys}
      onClick={onPress}
    >
      <Icon className="lr-icon" aria-hidden="true" />
      <span>{word}</span>
    </button>
  );
}

/** "u" when something can be undone, "r" when something can be done again. */
function useCan({ undo }: Board): string {
  const subscribe = useCallback(
    (changed: () => void) => {
      const names = ["stack-item-added", "stack-item-popped", "stack-cleared"] as const;
      for (const name of names) undo.on(name, changed);
      return () => names.forEach((name) => undo.off(name, changed));
    },
    [undo],
  );
  return useSyncExternalStore(subscribe, () => `${undo.canUndo() ? "u" : ""}${undo.canRedo() ? "r" : ""}`);
}
