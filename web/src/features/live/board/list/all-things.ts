/** The things of a board with their places and who made them. */
import type { BoardElement } from "../objects";
import type { AuthorName } from "./describe";
import { type Place, placesOf } from "./places";
import { type Thing, thingsOf } from "./things";

export interface Things {
  all: Thing[];
  find: (id: string) => Thing | undefined;
  placeOf: (id: string) => Place | undefined;
  nameOf: AuthorName;
}

export function allThings(
  elements: BoardElement[],
  authorOf: (id: string) => number | null,
  nameOf: AuthorName,
): Things {
  const all = thingsOf(elements, authorOf, document.documentElement.dir === "rtl");
  const byId = new Map(all.map((thing) => [thing.id, thing]));
  const places = placesOf(all);
  return { all, find: (id) => byId.get(id), placeOf: (id) => places.get(id), nameOf };
}
