/** Everything the room's screens need to know, in one observable value. */
import { createStore, type StoreApi } from "zustand/vanilla";

import type { Problem } from "../../../contract/types";
import { type CaptionsState, noCaptions } from "./captions";
import type {
  Desk,
  DocumentView,
  Person,
  RecordingEnded,
  RoomSession,
  SeatId,
  Source,
  VideoSource,
  Waiting,
  You,
} from "./protocol";
import type { SpeechProblem } from "./speech";
import { noTalk, type ShownSign, type TalkState } from "./talk";
import type { Thrift } from "./thrift";

export type Phase =
  | "joining"
  | "lobby"
  /** In the waiting room, until a host lets one in. */
  | "waiting"
  | "connecting"
  | "live"
  | "reconnecting"
  | "ended"
  | "removed"
  | "replaced"
  /** Sent out by a host, or not let in: both may come again. */
  | "sent_out"
  | "turned_away"
  | "left"
  | "failed";

/** Why a device does not work, in the words the screens choose their sentence by. */
export type DeviceProblem = "refused" | "missing" | "busy" | "unsupported";

export interface LocalSource {
  /** What the person asked for; true even while the device is still being opened. */
  on: boolean;
  track: MediaStreamTrack | null;
  deviceId: string | null;
  problem: DeviceProblem | null;
  busy: boolean;
}

/** A thing that happened once and should be said; `count` makes each one new. */
export type Note =
  | { kind: "lost" | "back" | "ended" | "talking"; count: number }
  /** What was pressed did not reach the server. */
  | { kind: "unsent"; count: number }
  | { kind: "muted"; source: Source; by: string; count: number }
  /** A host says something to everybody, or to who waits. */
  | { kind: "word"; text: string; from: string; count: number }
  | { kind: "let_in"; count: number }
  /** No board or no notes here, and one may not make them. */
  | { kind: "none_yet"; of: DocumentView["kind"]; count: number }
  /** To hosts: the recording ended by itself. */
  | { kind: "recording_ended"; because: RecordingEnded["because"]; count: number }
  /** To another breakout room; without a name to the main room. */
  | { kind: "moved"; name: string; count: number }
  /** Who was asked to make way goes on sharing. */
  | { kind: "share_kept"; name: string; count: number }
  | { kind: "share_asked"; seat: SeatId; name: string; count: number }
  | { kind: "refused"; problem: Problem; count: number };

/** A note before it has its number. */
export type Saying = Note extends infer N ? (N extends Note ? Omit<N, "count"> : never) : never;

export type MediaKey = `${SeatId}/${VideoSource}`;

export interface RoomState {
  phase: Phase;
  session: RoomSession | null;
  you: You | null;
  people: Record<SeatId, Person>;
  /** Loudest first. */
  speaking: SeatId[];
  /** Who spoke last; stays when the room falls silent, so that a large picture does not jump. */
  lastSpeaker: SeatId | null;
  desk: Desk;
  talk: TalkState;
  captions: CaptionsState;
  /** The boards and notes of the room one is in, in the order in which they were made. */
  documents: DocumentView[];
  /** The browser turns my own speech into captions; never remembered for the next visit. */
  speech: { on: boolean; problem: SpeechProblem | null };
  /** To hosts: who waits to be let in. */
  waiting: Waiting[];
  /** Shown just now. */
  signs: ShownSign[];
  streams: Record<MediaKey, MediaStream>;
  /** Pictures the server holds back for now (a thin line). */
  paused: Record<MediaKey, boolean>;
  microphone: LocalSource;
  camera: LocalSource;
  screen: LocalSource;
  thrift: Thrift;
  devices: MediaDeviceInfo[];
  speakerId: string | null;
  soundBlocked: boolean;
  /** True once media could not be brought up for a while although the line stands. */
  mediaTrouble: boolean;
  note: Note | null;
  problem: Problem | null;
  /** Server time minus local time, in milliseconds; null until the room has said it. */
  clockOffset: number | null;
  /** Milliseconds since the epoch when this page first came into the room. */
  cameInAt: number | null;
}

/** As a class begins: everybody may do everything. */
export const emptyDesk: Desk = {
  rules: {
    speak: true,
    show: true,
    share: true,
    draw: true,
    chat: "everyone",
    locked: false,
    waiting_room: false,
  },
  hosts: [],
  captioners: [],
  allowed: [],
  spotlight: null,
  hands: [],
  timer: null,
  breakouts: null,
  recording: null,
  shown: null,
};

export type RoomStore = StoreApi<RoomState>;

const source = (on: boolean): LocalSource => ({
  on,
  track: null,
  deviceId: null,
  problem: null,
  busy: false,
});

export function createRoomStore(): RoomStore {
  return createStore<RoomState>(() => ({
    phase: "joining",
    session: null,
    you: null,
    people: {},
    speaking: [],
    lastSpeaker: null,
    desk: emptyDesk,
    talk: noTalk,
    captions: noCaptions,
    documents: [],
    speech: { on: false, problem: null },
    waiting: [],
    signs: [],
    streams: {},
    paused: {},
    microphone: source(true),
    camera: source(true),
    screen: source(false),
    thrift: "none",
    devices: [],
    speakerId: null,
    soundBlocked: false,
    mediaTrouble: false,
    note: null,
    problem: null,
    clockOffset: null,
    cameInAt: null,
  }));
}

export const mediaKey = (seat: SeatId, from: VideoSource): MediaKey => `${seat}/${from}`;

/** Phases from which nothing comes back by itself. */
export function isOver(phase: Phase): boolean {
  return ["ended", "removed", "replaced", "sent_out", "turned_away", "left", "failed"].includes(phase);
}

/** Phases in which the room itself is on the screen. */
export function isInside(phase: Phase): phase is "live" | "reconnecting" {
  return phase === "live" || phase === "reconnecting";
}
