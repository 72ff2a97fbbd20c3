// A board at any moment: forwards, backwards, and before anything was on it.
import { expect, test } from "vitest";
import * as Y from "yjs";

import { Board } from "../board/objects";
import { Film } from "./film";

const thing = (id: string, x: number) => ({
  id,
  type: "rectangle",
  x,
  y: 0,
  width: 10,
  height: 10,
  index: "a0",
});

function film(): Film {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const board = new Board(doc);
  board.put([thing("sun", 1)]);
  board.put([thing("sun", 50), thing("sea", 2)]);
  board.remove(["sun"]);
  return new Film(updates.map((update, index) => ({ at_ms: index * 1000, update })));
}

test("it is played forwards and backwards", () => {
  const played = film();
  const seen = (ms: number) =>
    played
      .elements(played.frameAt(ms))
      .map(({ id, x }) => `${id} ${x}`)
      .sort();
  expect(seen(-1)).toEqual([]);
  expect(seen(0)).toEqual(["sun 1"]);
  expect(seen(1999)).toEqual(["sea 2", "sun 50"]);
  expect(seen(60_000)).toEqual(["sea 2"]);
  expect(seen(999)).toEqual(["sun 1"]);
  expect(seen(1000)).toEqual(["sea 2", "sun 50"]);
});
