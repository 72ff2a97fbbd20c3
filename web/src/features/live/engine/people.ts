/** What the server says about the people of the room, folded into the state. Pure. */
import { withCaptions } from "./captions";
import type { Person, Quality, RoomSnapshot, SeatId, Switches } from "./protocol";
import type { RoomState } from "./state";
import { withTalk } from "./talk";

type Change = Partial<RoomState>;

/** Who leads, for an order: the staff, then with whom they share the hosting, then everybody else. */
export function standing({ role, host }: Pick<Person, "role" | "host">): 0 | 1 | 2 {
  if (role === "staff") return 0;
  return host ? 1 : 2;
}

export function withSnapshot(state: RoomState, room: RoomSnapshot, localNow: number): Change {
  const people = Object.fromEntries(room.people.map((person) => [person.seat_id, person]));
  return {
    session: room.session,
    you: room.you,
    people,
    speaking: room.speaking,
    desk: room.desk,
    talk: withTalk(state.talk, room),
    captions: withCaptions(state.captions, room),
    documents: room.documents,
    waiting: room.waiting,
    clockOffset: Date.parse(room.now) - localNow,
  };
}

export function withPerson(state: RoomState, person: Person): Change {
  const people = { ...state.people, [person.seat_id]: person };
  const { you } = state;
  if (you?.seat_id !== person.seat_id || you.host === person.host) return { people };
  // Hosting was shared with me, or taken back.
  return { people, you: { ...you, host: person.host } };
}

export function withoutSeat(state: RoomState, seat: SeatId): Change {
  const people = { ...state.people };
  delete people[seat];
  return {
    people,
    speaking: state.speaking.filter((speaker) => speaker !== seat),
  };
}

export function withQuality(state: RoomState, levels: Record<SeatId, Quality>): Change {
  const people = { ...state.people };
  let news = false;
  for (const [seat, quality] of Object.entries(levels)) {
    const person = people[seat];
    // Said every few seconds of everybody; a person of whom nothing changed is not drawn again.
    if (!person || person.quality === quality) continue;
    people[seat] = { ...person, quality };
    news = true;
  }
  return news ? { people } : {};
}

/** My own switches as others will see them, told from what I asked for and what the devices can do. */
export function switchesOf(state: RoomState): Switches {
  return {
    microphone: state.microphone.on && state.microphone.track !== null,
    camera: state.camera.on && state.camera.track !== null,
    screen: state.screen.on && state.screen.track !== null,
  };
}

/** What is remembered of them for the next time on this device. */
export const choicesOf = ({ microphone, camera }: RoomState) => ({
  microphone: microphone.on,
  camera: camera.on,
  microphoneId: microphone.deviceId,
  cameraId: camera.deviceId,
});
