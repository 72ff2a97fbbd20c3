/** The words of the `/live` namespace, by the names the room uses. Their shapes come from the server's own description. */

import type { components as api } from "../../../contract/schema";
import type { components as sockets } from "../../../contract/sockets";
import type { Problem } from "../../../contract/types";

type Words = sockets["schemas"];

export type SeatId = Words["SeatId"];
export type Source = Words["Source"];
export type VideoSource = Exclude<Source, "microphone">;
export type Quality = Words["Quality"];
export type Switches = Words["Switches"];
export type Person = Words["Person"];
export type RoomSession = Words["SessionView"];
export type You = Words["You"];
export type RoomSnapshot = Words["RoomView"];
export type Offer = Words["Offer"];
export type Slot = Words["Slot"];
/** Shown height in device pixels. */
export type WatchedTile = Words["Tile"] & { source: VideoSource };
export type Desk = Words["DeskView"];
export type Rules = Words["Rules"];
export type Hand = Words["Hand"];
export type Waiting = Words["Waiting"];
export type Breakouts = Words["BreakoutsView"];
export type Talk = Words["TalkView"];
export type ChatMessage = Words["ChatMessage"];
export type Poll = Words["PollView"];
export type Question = Words["QuestionView"];
export type CaptionLine = Words["CaptionLine"];
export type CaptionDraft = Words["CaptionDraft"];
export type Reaction = Words["Reaction"];
export type Sign = Words["Sign"];
export type Consent = Words["Consent"];
export type DocumentId = Words["DocumentId"];
export type DocumentView = Words["DocumentView"];
export type DocumentWriter = Words["DocumentWriter"];
export type RecordingEnded = Words["RecordingEnded"];
export type ServerEvents = Words["LiveServerEvents"];
export type ClientEvents = Words["LiveClientEvents"];

/** What `RTCPeerConnection` takes; the server gives one address each. */
export interface IceServer {
  urls: string | string[];
  username?: string;
  credential?: string;
}

/** What `POST sessions/{id}/join` answers. */
export type Seat = Omit<api["schemas"]["Joined"], "ice_servers"> & { ice_servers: IceServer[] };

/** The last word of a problem's `type`, e.g. `seat-gone`. */
export function slugOf(problem: Problem): string {
  return problem.type.split(/[/:#]/).pop() ?? "";
}
