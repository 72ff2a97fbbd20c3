/** The carets to draw: of everybody else who is in the room. Pure. */
import type { Person, SeatId } from "../engine/protocol";
import { type Caret, TONES } from "./carets";

export function caretsOf(
  pointers: Record<SeatId, string>,
  people: Record<SeatId, Person>,
  me: SeatId | undefined,
): Caret[] {
  return Object.entries(pointers).flatMap(([seat, state]) => {
    const person = people[seat];
    if (!person || seat === me) return [];
    return [{ seat, state, name: person.name, tone: toneOf(person.user_id) }];
  });
}

/** The same person has the same colour on every page. */
function toneOf(user: string): number {
  let sum = 0;
  for (const letter of user) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return sum % TONES;
}
