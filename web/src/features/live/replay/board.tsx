// A board of the class, as it was at the moment that is played.
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";

import { Loaded } from "../../../components/ui/loaded";
import type { BoardReplay } from "../../../contract/types";
import { api } from "../../../lib/api";
import { BoardPicture } from "../documents/board-picture";
import { fromBase64 } from "../engine/bytes";
import { Film } from "./film";
import { boardQuery } from "./queries";
import { useShown } from "./use-player";

interface Props {
  recordingId: string;
  boardId: string;
}

export default function ReplayedBoard(props: Props) {
  const { t } = useLingui();
  const board = useQuery(boardQuery(props.recordingId, props.boardId));
  return (
    <div className="rp-board">
      <Loaded query={board} label={t`Opening the board`}>
        {(data) => <Played {...props} replay={data} />}
      </Loaded>
    </div>
  );
}

function Played({ recordingId, boardId, replay }: Props & { replay: BoardReplay }) {
  const film = useMemo(
    () => new Film(replay.frames.map(({ at_ms, update }) => ({ at_ms, update: fromBase64(update) }))),
    [replay],
  );
  const frame = useShown((shown) => film.frameAt(shown.at));
  const elements = useMemo(() => [...film.elements(frame)], [film, frame]);
  // The copy that is played has one hand; who made a thing, the server says by its id.
  const names = useMemo(() => [...new Set(Object.values(replay.makers))], [replay]);
  const authorOf = useCallback(
    (id: string) => {
      const name = replay.makers[id];
      return name === undefined ? null : names.indexOf(name);
    },
    [replay, names],
  );
  const nameOf = useCallback(
    (author: number | null) => {
      const name = author === null ? undefined : names[author];
      return name === undefined ? null : { name, you: false };
    },
    [names],
  );
  const loadImage = useCallback(
    async (image: string) => {
      const path = `/recordings/${recordingId}/boards/${boardId}/images/${image}`;
      return (await api<{ image: string }>("GET", path)).image;
    },
    [recordingId, boardId],
  );
  return <BoardPicture {...{ elements, authorOf, nameOf, loadImage }} words="folded" />;
}
