/**
 * The board as a list: a second way to read and to change all that is on it, with words and keys in place of a picture
 * and a pointer.
 */
import { Trans, useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import type { SharedDocument } from "../../engine/shared-document";
import type { Board } from "../objects";
import { BoardDialogs, type Opened } from "./board-dialogs";
import { BoardFoot, ListEnd } from "./board-foot";
import { FindOnBoard, useFound } from "./find-on-board";
import { ThingList } from "./thing-list";
import { useActs } from "./use-acts";
import { useBoardNews } from "./use-board-news";
import { useThings } from "./use-things";
import "./board-list.css";

export interface BoardListProps {
  shared: SharedDocument;
  board: Board;
  mayDraw: boolean;
  /** The element of a thing that is marked on the canvas. */
  selected: string | null;
  onSelect: (id: string | null) => void;
  onClose: () => void;
  onAddPicture?: () => void;
}

export function BoardList(props: BoardListProps) {
  const { shared, board, mayDraw, selected, onSelect, onClose } = props;
  const { t } = useLingui();
  const things = useThings(shared, board);
  const [said, say] = useSaid();
  const acts = useActs(board, say);
  const [news, setNews] = useState(true);
  const [opened, setOpened] = useState<Opened | null>(null);
  const found = useFound(things);
  const heading = useRef<HTMLHeadingElement>(null);
  const openIt = useCallback((dialog: Opened) => setOpened(dialog), []);
  useBoardNews({ shared, board, things, on: news, say });
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const chosen = things.all.find(({ parts }) => parts.some(({ id }) => id === selected));
  const press = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest("dialog, input")) return;
    if (event.key === "Escape") onClose();
    else if (!mayDraw || !(event.ctrlKey || event.metaKey)) return;
    else if (event.key === "y" || (event.key.toLowerCase() === "z" && event.shiftKey)) acts.redo();
    else if (event.key === "z") acts.undo();
    else return;
    event.preventDefault();
  };
  return (
    // Keys that work on everything in it; each has a button too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      className="lr-panel bl"
      aria-label={t`Board as a list`}
      data-region
      tabIndex={-1}
      onKeyDown={press}
    >
      <div className="lr-panel-head bl-head">
        <h2 ref={heading} tabIndex={-1}>
          <Trans>Board as a list</Trans>
        </h2>
        <button
          type="button"
          className="lr-icon-button"
          aria-label={t`Close the list`}
          title={t`Close the list`}
          onClick={onClose}
        >
          <X />
        </button>
      </div>
      <FindOnBoard found={found} count={things.all.length} />
      <div className="lr-panel-scroll bl-scroll">
        <ThingList
          {...{ things, mayDraw, acts, board, onSelect, say }}
          shown={found.shown}
          selected={chosen?.id ?? null}
          onOpen={openIt}
        />
        <ListEnd {...{ mayDraw, news }} onNews={setNews} onOpen={openIt} onAddPicture={props.onAddPicture} />
      </div>
      <BoardFoot {...{ board, mayDraw, acts }} chosen={chosen} onOpen={openIt} />
      <p className="lr-sr" role="status">
        {said}
      </p>
      {opened && (
        <BoardDialogs
          opened={opened}
          {...{ things, board, acts, say, onSelect }}
          onClose={() => setOpened(null)}
        />
      )}
    </aside>
  );
}

/** A region must change to be read again, so the same words come with something that is not heard. */
function useSaid(): [string, (text: string) => void] {
  const [said, setSaid] = useState("");
  const say = useCallback(
    (text: string) => setSaid((before) => (before === text ? `${text}\u00a0` : text)),
    [],
  );
  return [said, say];
}
