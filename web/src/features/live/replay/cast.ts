/** Who of a recording is seen and heard at a moment, and what is made ready. Pure. */
import { Player, type Piece } from "./player";

/** More pictures at once are too much for a small computer. */
export const MOST_PICTURES = 9;
/** Browsers stop at some number of media elements, small computers before that. */
export const MOST_ELEMENTS = 24;
/** So many of them are for pictures, however many voices there are. */
const KEPT_FOR_PICTURES = 4;

export interface Part extends Piece {
  user_id: string;
  source: "microphone" | "camera" | "screen";
  bytes: number;
}

export interface Cast<T> {
  /** The screen first. */
  pictures: T[];
  /** People who are heard and not seen. */
  faces: T[];
  voices: T[];
  /** Begin soon. */
  soon: T[];
  /** So many cannot be heard with all the others. */
  unheard: number;
}

/** Who says more fills more of a file. */
const fullness = (part: Part) => part.bytes / Math.max(1, part.ms);

/** What is on comes before what is soon, and a voice before a face. */
export function castAt<T extends Part>(parts: readonly T[], at: number): Cast<T> {
  const near = Player.near(parts, at) as T[];
  const isOn = (part: T) => part.starts <= at + 999 && at < part.starts + part.ms;
  const on = near.filter(isOn);
  const screen = on.filter((part) => part.source === "screen").slice(0, 1);
  const cameras = on.filter((part) => part.source === "camera");
  const speakers = on.filter((part) => part.source === "microphone");
  const heard = MOST_ELEMENTS - Math.min(KEPT_FOR_PICTURES, screen.length + cameras.length);
  const voices =
    speakers.length <= heard
      ? speakers
      : [...speakers].sort((a, b) => fullness(b) - fullness(a)).slice(0, heard);
  const pictures = [...screen, ...cameras].slice(0, Math.min(MOST_PICTURES, MOST_ELEMENTS - voices.length));
  const left = MOST_ELEMENTS - voices.length - pictures.length;
  const later = near.filter((part) => !isOn(part)).sort((a, b) => a.starts - b.starts);
  const soonSeen = later
    .filter((part) => part.source !== "microphone")
    .slice(0, MOST_PICTURES - pictures.length);
  const soon = later.filter((part) => part.source === "microphone" || soonSeen.includes(part)).slice(0, left);
  const faces = speakers
    .filter((voice) => !cameras.some((camera) => camera.user_id === voice.user_id))
    .slice(0, MOST_PICTURES);
  return { pictures, faces, voices, soon, unheard: speakers.length - voices.length };
}
