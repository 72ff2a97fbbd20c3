/** Who is shown, in which order, and who is shown large. Pure. */
import type { Person, SeatId } from "../engine/protocol";
import type { RoomState } from "../engine/state";

export type View = "everyone" | "speaker" | "calm";

type Cast = Pick<RoomState, "people" | "you" | "lastSpeaker" | "screen">;

/** Who leads first, then everybody as they came, oneself at the end: nobody's tile moves when somebody speaks. */
export function inOrder({ people, you }: Pick<Cast, "people" | "you">): Person[] {
  const rank = (person: Person) => (person.seat_id === you?.seat_id ? 2 : person.role === "staff" ? 0 : 1);
  return Object.values(people)
    .map((person, index) => ({ person, index }))
    .sort((a, b) => rank(a.person) - rank(b.person) || a.index - b.index)
    .map(({ person }) => person);
}

/** The other people whose screen can be seen. One's own screen is never shown back: it would show itself. */
export function sharers({ people, you }: Pick<Cast, "people" | "you">): Person[] {
  return Object.values(people).filter((person) => person.state.screen && person.seat_id !== you?.seat_id);
}

/** Who has the large place: the last one who spoke, else who leads, else the first other person, else oneself. */
export function largest(cast: Cast): SeatId | null {
  const { lastSpeaker, people, you } = cast;
  if (lastSpeaker && people[lastSpeaker]) return lastSpeaker;
  const order = inOrder(cast);
  return (order.find((person) => person.seat_id !== you?.seat_id) ?? order[0])?.seat_id ?? null;
}

/** True when the first tile is somebody who leads, and so may be drawn large. */
export function hasLead(order: Person[], you: RoomState["you"]): boolean {
  const first = order[0];
  return first?.role === "staff" && first.seat_id !== you?.seat_id;
}

/**
 * The small tiles beside something large: oneself in second place, and whoever spoke last always among the first
 * `size`, so that a voice has a face. Only that one tile changes place.
 */
export function stripOrder(
  { people, you, lastSpeaker }: Cast,
  without: SeatId | null,
  size: number,
): Person[] {
  const others = inOrder({ people, you }).filter((person) => person.seat_id !== without);
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
