// What is seen and heard of a recording now: a screen large with faces beside it, or everybody alike.
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback } from "react";

import { Avatar } from "../../../components/ui/avatar";
import type { ReplayTrack } from "../../../contract/types";
import { Player } from "./player";
import { usePlayer, useShown } from "./use-player";

/** More pictures at once are too much for a small computer. */
const MOST_PICTURES = 9;

export interface Track extends ReplayTrack {
  starts: number;
  address: string;
}

export function Stage({ tracks }: { tracks: readonly Track[] }) {
  // A second is fine enough for who comes and goes.
  const second = useShown((shown) => Math.floor(shown.at / 1000));
  const at = second * 1000;
  const near = Player.near(tracks, at) as Track[];
  const isOn = (track: Track) => track.starts <= at + 999 && at < track.starts + track.ms;
  const pictures = near.filter((track) => track.source !== "microphone");
  const on = pictures.filter(isOn);
  const screen = on.find((track) => track.source === "screen");
  const cameras = on.filter((track) => track.source === "camera");
  const shown = [...(screen ? [screen] : []), ...cameras].slice(0, MOST_PICTURES);
  const soon = pictures.filter((track) => !isOn(track)).slice(0, MOST_PICTURES - shown.length);
  const voices = near.filter((track) => track.source === "microphone");
  const withoutPicture = voices.filter(
    (voice) => isOn(voice) && !cameras.some((camera) => camera.user_id === voice.user_id),
  );
  return (
    <div className="rp-stage" data-screen={screen ? "" : undefined}>
      <ul className="rp-tiles">
        {shown.map((track) => (
          <Tile key={track.id} track={track} />
        ))}
        {withoutPicture.slice(0, MOST_PICTURES).map((track) => (
          <li key={track.id} className="rp-tile">
            <Avatar name={track.name} size="lg" />
            <span className="rp-name">{track.name}</span>
          </li>
        ))}
        {shown.length === 0 && withoutPicture.length === 0 && (
          <li className="rp-tile rp-nobody">
            <Trans>Nobody is seen or heard here.</Trans>
          </li>
        )}
      </ul>
      <div hidden>
        {soon.map((track) => (
          <Picture key={track.id} track={track} />
        ))}
      </div>
      {voices.map((track) => (
        <Voice key={track.id} track={track} />
      ))}
    </div>
  );
}

function Tile({ track }: { track: Track }) {
  const { t } = useLingui();
  const { name } = track;
  const isScreen = track.source === "screen";
  return (
    <li className={isScreen ? "rp-tile rp-screen" : "rp-tile"}>
      <Picture track={track} />
      <span className="rp-name">{isScreen ? t`Screen of ${name}` : name}</span>
    </li>
  );
}

function useAttached(id: string) {
  const player = usePlayer();
  return useCallback(
    (element: HTMLMediaElement | null) => {
      player.attach(id, element);
      return () => player.attach(id, null);
    },
    [player, id],
  );
}

/** Sound has its own file. */
function Picture({ track }: { track: Track }) {
  const { t } = useLingui();
  const { name } = track;
  return (
    <video
      ref={useAttached(track.id)}
      src={track.address}
      preload="auto"
      playsInline
      muted
      aria-label={track.source === "screen" ? t`Screen of ${name}` : t`Picture of ${name}`}
    />
  );
}

function Voice({ track }: { track: Track }) {
  // What is said is in the transcript of the session.
  // eslint-disable-next-line jsx-a11y/media-has-caption
  return <audio ref={useAttached(track.id)} src={track.address} preload="auto" />;
}
