/** One person on the stage: picture or initials, name, and what there is to know, each in a word or a shape. */
import { Trans, useLingui } from "@lingui/react/macro";
import { AudioLines, Mic, MicOff, Pin, Spotlight, VideoOff, WifiLow } from "lucide-react";
import { type CSSProperties, type KeyboardEvent, memo, type ReactNode, useMemo, useState } from "react";
import type { Person } from "../engine/protocol";
import { mediaKey } from "../engine/state";
import { useRoom } from "../hooks/use-room";
import { Face } from "./face";
import { HandPlate, useHandWords } from "./leading/hands";
import { SignPlate } from "./leading/signs";
import { Picture } from "./picture";
import { LeftOutMark, useLeftOutWords } from "./recording/left-out";

export interface TileProps {
  person: Person;
  shortName: string;
  isYou: boolean;
  pinned?: boolean;
  /** One tile of a field is in the tab order; the arrow keys reach the others. */
  tabStop: boolean;
  style?: CSSProperties | undefined;
  onOpen: (seat: string) => void;
  onFocus: (seat: string) => void;
  onMove: (event: KeyboardEvent) => void;
}

export const Tile = memo(function Tile(props: TileProps) {
  const { person, isYou, style, tabStop } = props;
  const seat = person.seat_id;
  const speaking = useRoom((state) => state.speaking.includes(seat));
  const own = useRoom((state) => (isYou ? state.microphone.on && state.microphone.track !== null : null));
  const talks = own ?? person.state.microphone;
  const spotlit = useRoom((state) => state.desk.spotlight === person.user_id);
  const label = useTileLabel(props, speaking && talks, talks, spotlit);
  return (
    <li
      className="lr-tile"
      style={style}
      data-seat={seat}
      data-source="camera"
      data-speaking={speaking && talks}
      data-muted={!talks}
      data-present={person.present}
    >
      <TilePicture person={person} isYou={isYou}>
        <LeftOutMark person={person} />
        {spotlit && <SpotMark />}
        <HandPlate person={person} />
      </TilePicture>
      <button
        type="button"
        className="lr-tile-press"
        aria-haspopup="dialog"
        aria-label={label}
        tabIndex={tabStop ? 0 : -1}
        onClick={() => props.onOpen(seat)}
        onFocus={() => props.onFocus(seat)}
        onKeyDown={props.onMove}
      />
      <div className="lr-tile-foot">
        <NamePlate {...props} speaking={speaking && talks} talks={talks} />
        {props.pinned && (
          <span className="lr-tile-pin" aria-hidden="true">
            <Pin />
          </span>
        )}
        <SignPlate person={person} />
      </div>
    </li>
  );
});

function SpotMark() {
  return (
    <span className="lr-spot" aria-hidden="true">
      <Spotlight />
      <span>
        <Trans>In the spotlight</Trans>
      </span>
    </span>
  );
}

function useTileLabel(
  { person, isYou, pinned }: TileProps,
  speaking: boolean,
  talks: boolean,
  spotlit: boolean,
): string {
  const { t } = useLingui();
  const hand = useHandWords(person);
  const leftOut = useLeftOutWords(person);
  const name = isYou ? t`${person.name} (you)` : person.name;
  const parts = [
    person.role === "staff" ? t`${name}, instructor` : person.host ? t`${name}, host` : name,
    hand,
    speaking ? t`is speaking` : talks ? t`microphone on` : t`is muted`,
    person.state.camera ? "" : t`camera off`,
    person.present ? "" : t`connection lost`,
    person.present && person.quality === "poor" ? t`weak connection` : "",
    pinned ? t`shown large` : "",
    spotlit ? t`in the spotlight` : "",
    leftOut,
  ];
  return parts.filter(Boolean).join(", ");
}

function NamePlate(props: TileProps & { speaking: boolean; talks: boolean }) {
  const { person, shortName, isYou, speaking, talks } = props;
  const Icon = speaking ? AudioLines : talks ? Mic : MicOff;
  return (
    <span className="lr-plate" aria-hidden="true">
      <Icon className="lr-icon" />
      <span className="lr-plate-name">
        {isYou ? (
          <Trans>{shortName} (you)</Trans>
        ) : person.role === "staff" ? (
          <Trans>
            {shortName}, <span className="lr-plate-role">instructor</span>
          </Trans>
        ) : person.host ? (
          <Trans>
            {shortName}, <span className="lr-plate-role">host</span>
          </Trans>
        ) : (
          shortName
        )}
      </span>
    </span>
  );
}

interface PictureProps {
  person: Person;
  isYou: boolean;
  /** What stands in one line with the word on the picture. */
  children: ReactNode;
}

function TilePicture({ person, isYou, children }: PictureProps) {
  const seat = person.seat_id;
  const remote = useRoom((state) => state.streams[mediaKey(seat, "camera")]);
  const paused = useRoom((state) => state.paused[mediaKey(seat, "camera")] ?? false);
  const ownTrack = useRoom((state) => (isYou ? state.camera.track : null));
  const ownOn = useRoom((state) => isYou && state.camera.on && state.camera.problem === null);
  const own = useMemo(() => (ownTrack ? new MediaStream([ownTrack]) : null), [ownTrack]);
  const stream = isYou ? own : remote;
  const wanted = isYou ? ownOn : person.state.camera;
  const [shown, setShown] = useState<MediaStream | null>(null);
  const visible = wanted && !paused && person.present && stream ? stream : null;
  return (
    <>
      {(!visible || shown !== visible) && <Face name={person.name} />}
      {visible && (
        <Picture
          key={visible.id}
          stream={visible}
          seat={seat}
          source="camera"
          mirrored={isYou}
          onShown={() => setShown(visible)}
        />
      )}
      <div className="lr-tile-head">
        <PictureNote
          person={person}
          wanted={wanted}
          paused={paused}
          waiting={!visible || shown !== visible}
        />
        {children}
      </div>
    </>
  );
}

interface NoteProps {
  person: Person;
  wanted: boolean;
  paused: boolean;
  waiting: boolean;
}

/** Why there is no picture, or why it may be bad: an icon and words in the tile's corner. */
function PictureNote({ person, wanted, paused, waiting }: NoteProps) {
  // Then nobody has a picture, which the stage says once for all.
  const soundOnly = useRoom((state) => state.thrift === "sound");
  if (!person.present) return <Note icon={<WifiLow />} text={<Trans>Connection lost</Trans>} />;
  if (soundOnly) return null;
  if (!wanted) return <Note icon={<VideoOff />} text={<Trans>Camera off</Trans>} />;
  if (paused) return <Note icon={<WifiLow />} text={<Trans>Picture paused</Trans>} />;
  if (person.quality === "poor") return <Note icon={<WifiLow />} text={<Trans>Weak connection</Trans>} />;
  if (waiting) return <Note text={<Trans>Waiting for the picture</Trans>} />;
  return null;
}

function Note({ icon, text }: { icon?: ReactNode; text: ReactNode }) {
  return (
    <span className="lr-tile-note" aria-hidden="true">
      {icon}
      <span>{text}</span>
    </span>
  );
}
