/** Who is shown, in which order, and who is shown large. Pure. */
import { standing } from "../engine/people";
import type { Person, SeatId } from "../engine/protocol";
import type { RoomState } from "../engine/state";

export type View = "everyone" | "speaker" | "calm";

type Here = Pick<RoomState, "people" | "you">;
type Desk = Pick<RoomState["desk"], "spotlight">;
export type Cast = Pick<RoomState, "people" | "you" | "lastSpeaker" | "screen"> & { desk: Desk };

/** Who is in the same breakout room as oneself, or in the main room with it: only they are seen and heard. */
export function together({ people, you }: Here): Person[] {
  const room = you?.breakout_id ?? null;
  return Object.values(people).filter(
    (person) => person.seat_id === you?.seat_id || person.breakout_id === room,
  );
}

/** Whom the hosts put in the spotlight, if they are to be seen from here. */
export function spotlit({ desk, ...here }: Here & { desk: Desk }): SeatId | null {
  if (desk.spotlight === null) return null;
  return together(here).find((person) => person.user_id === desk.spotlight)?.seat_id ?? null;
}

/** Who leads first, then everybody as they came, oneself at the end: nobody's tile moves when somebody speaks. */
export function inOrder({ people, you }: Here): Person[] {
  return sorted(Object.values(people), you);
}

/** The same for the stage: who is together with oneself, and before all whoever is in the spotlight. */
export function onStage(cast: Here & { desk: Desk }): Person[] {
  const first = spotlit(cast);
  const order = sorted(together(cast), cast.you);
  const at = order.findIndex((person) => person.seat_id === first);
  if (at > 0) order.unshift(...order.splice(at, 1));
  return order;
}

function sorted(people: Person[], you: RoomState["you"]): Person[] {
  const rank = (person: Person) => (person.seat_id === you?.seat_id ? 3 : standing(person));
  return people
    .map((person, index) => ({ person, index }))
    .sort((a, b) => rank(a.person) - rank(b.person) || a.index - b.index)
    .map(({ person }) => person);
}

/** The other people whose screen can be seen. One's own screen is never shown back: it would show itself. */
export function sharers(here: Here): Person[] {
  return together(here).filter((person) => person.state.screen && person.seat_id !== here.you?.seat_id);
}

/** Who has the large place: who is in the spotlight, else the last one who spoke, else who leads, else the first other person, else oneself. */
export function largest(cast: Cast): SeatId | null {
  const { lastSpeaker, you } = cast;
  const order = onStage(cast);
  const first = spotlit(cast);
  if (first) return first;
  if (lastSpeaker && order.some((person) => person.seat_id === lastSpeaker)) return lastSpeaker;
  return (order.find((person) => person.seat_id !== you?.seat_id) ?? order[0])?.seat_id ?? null;
}

/** True when the first tile is in the spotlight, or is somebody who leads, and so may be drawn large. */
export function hasLead(order: Person[], you: RoomState["you"], spotlight: SeatId | null = null): boolean {
  const first = order[0];
  if (first && first.seat_id === spotlight) return true;
  return first !== undefined && standing(first) < 2 && first.seat_id !== you?.seat_id;
}

/**
 * The small tiles beside something large: oneself in second place, and whoever spoke last always among the first
 * `size`, so that a voice has a face. Only that one tile changes place.
 */
export function stripOrder(cast: Cast, without: SeatId | null, size: number): Person[] {
  const { you, lastSpeaker } = cast;
  const others = onStage(cast).filter((person) => person.seat_id !== without);
  const self = others.findIndex((person) => person.seat_id === you?.seat_id);
  if (self > 1) others.splice(1, 0, ...others.splice(self, 1));
  const speaker = others.findIndex((person) => person.seat_id === lastSpeaker);
  if (speaker >= size) others.splice(size - 1, 0, ...others.splice(speaker, 1));
  return others;
}

export interface Page<T> {
  items: T[];
  /** From 0. */
  page: number;
  pages: number;
}

/** One page of a list; a page that no longer exists becomes the last one. */
export function pageOf<T>(items: T[], size: number, wanted: number): Page<T> {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  return { items: items.slice(page * size, (page + 1) * size), page, pages };
}
