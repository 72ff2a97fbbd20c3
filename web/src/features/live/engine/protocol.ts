/** The words of the `/live` namespace, exactly as the server speaks them. */

import type { Problem } from "../../../contract/types";

export type SeatId = string;
export type Source = "microphone" | "camera" | "screen";
export type VideoSource = Exclude<Source, "microphone">;
export type Quality = "good" | "fair" | "poor";
export type Switches = Record<Source, boolean>;

export interface Person {
  seat_id: SeatId;
  user_id: string;
  name: string;
  pronouns: string | null;
  role: "staff" | "participant";
  state: Switches;
  present: boolean;
  quality: Quality | null;
  kind: "browser" | "whip" | "whep";
}

export interface RoomSession {
  id: string;
  title: string;
  state: "scheduled" | "live" | "ended" | "cancelled";
  starts_at: string;
  ends_at: string;
  started_at: string | null;
  program: { id: string; title: string };
}

export interface You {
  seat_id: SeatId;
  user_id: string;
  name: string;
  role: "staff" | "participant";
}

export interface RoomSnapshot {
  session: RoomSession;
  you: You;
  people: Person[];
  speaking: SeatId[];
  now: string;
}

export interface Offer {
  offer_id: number;
  sdp: string;
  fresh: boolean;
}

export interface Slot {
  mid: string;
  kind: "audio" | "video";
  seat_id: SeatId | null;
  source: Source | null;
  paused: boolean;
}

export interface WatchedTile {
  seat_id: SeatId;
  source: VideoSource;
  /** Shown height in device pixels. */
  height: number;
}

export interface ServerEvents {
  room: RoomSnapshot;
  person: Person;
  gone: { seat_id: SeatId };
  offer: Offer;
  slots: { slots: Slot[] };
  speaking: { seats: SeatId[] };
  quality: Record<SeatId, Quality>;
  muted: { source: Source; by: string };
  removed: Record<string, never>;
  replaced: Record<string, never>;
  closed: { problem: Problem };
  started: Record<string, never>;
  ended: Record<string, never>;
  draining: Record<string, never>;
}

export interface ClientEvents {
  publish: {
    ask: { sdp: string; tracks: { mid: string; source: Source }[] };
    answer: { sdp: string };
  };
  answer: { ask: { offer_id: number; sdp: string }; answer: object };
  restart: { ask: { fresh?: boolean }; answer: object };
  watch: { ask: { tiles: WatchedTile[] }; answer: object };
  state: { ask: Switches; answer: object };
  beat: { ask: object; answer: { now: string } };
  leave: { ask: object; answer: object };
  mute: { ask: { seat_id: SeatId; source: Source }; answer: object };
  remove: { ask: { seat_id: SeatId }; answer: object };
}

export interface IceServer {
  urls: string | string[];
  username?: string;
  credential?: string;
}

/** What `POST sessions/{id}/join` answers. */
export interface Seat {
  seat_id: SeatId;
  token: string;
  ice_servers: IceServer[];
  state: "lobby" | "live";
}

/** The last word of a problem's `type`, e.g. `seat-gone`. */
export function slugOf(problem: Problem): string {
  return problem.type.split(/[/:#]/).pop() ?? "";
}
