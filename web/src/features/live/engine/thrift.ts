/** How much a person lets through their line: everything, small pictures only, or sound alone. Pure. */
import type { WatchedTile } from "./protocol";

export type Thrift = "none" | "save" | "sound";

/** The smallest layer of a camera is about this high. */
const SMALL = 180;

/** What is asked of the server: a shared screen stays whole while saving, since small text could not be read. */
export function thrifty(tiles: WatchedTile[], thrift: Thrift): WatchedTile[] {
  if (thrift === "sound") return [];
  if (thrift === "none") return tiles;
  return tiles.map((tile) =>
    tile.source === "screen" ? tile : { ...tile, height: Math.min(tile.height, SMALL) },
  );
}

/** How many layers of one's own camera are sent. */
export const layersSent = (thrift: Thrift): number => (thrift === "save" ? 1 : 3);
