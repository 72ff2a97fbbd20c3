// The player of a page, and what it shows now.
import { createContext, use, useEffect, useState, useSyncExternalStore } from "react";

import { type Piece, Player, type Shown } from "./player";

const PlayerContext = createContext<Player | null>(null);
export const PlayerProvider = PlayerContext;

export function usePlayer(): Player {
  const player = use(PlayerContext);
  if (!player) throw new Error("no recording is open here");
  return player;
}

export function useShown<T>(pick: (shown: Shown) => T): T {
  const player = usePlayer();
  return useSyncExternalStore(player.subscribe, () => pick(player.snapshot()));
}

/** One player per recording; put away with the page. */
export function useNewPlayer(pieces: readonly Piece[], length: number, from: () => number): Player {
  const [player] = useState(() => {
    const made = new Player(pieces, length);
    made.seek(from());
    return made;
  });
  useEffect(() => () => player.pause(), [player]);
  return player;
}
