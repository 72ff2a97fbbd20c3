// What is seen and heard of a recording now: a screen large with faces beside it, or everybody alike.
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useMemo, useRef } from "react";

import { Avatar } from "../../../components/ui/avatar";
import { Button } from "../../../components/ui/button";
import type { ReplayTrack } from "../../../contract/types";
import { castAt } from "./cast";
import { usePlayer, useShown } from "./use-player";

export interface Track extends ReplayTrack {
  starts: number;
  address: string;
}

export function Stage({ tracks }: { tracks: readonly Track[] }) {
  // A second is fine enough for who comes and goes.
  const second = useShown((shown) => Math.floor(shown.at / 1000));
  const broken = useShown((shown) => shown.broken);
  const playable = useMemo(() => tracks.filter((track) => !broken.includes(track.id)), [tracks, broken]);
  const { pictures, faces, voices, soon, unheard } = castAt(playable, second * 1000);
  const hasScreen = pictures[0]?.source === "screen";
  return (
    <>
      <div className="rp-stage" data-screen={hasScreen ? "" : undefined}>
        <ul className="rp-tiles">
          {pictures.map((track) => (
            <Tile key={track.id} track={track} />
          ))}
          {faces.map((track) => (
            <li key={track.id} className="rp-tile">
              <Avatar name={track.name} size="lg" />
              <span className="rp-name">{track.name}</span>
            </li>
          ))}
          {pictures.length === 0 && faces.length === 0 && (
            <li className="rp-tile rp-nobody">
              <Trans>Nobody is seen or heard here.</Trans>
            </li>
          )}
        </ul>
        <div hidden>
          {soon.filter(isSeen).map((track) => (
            <Picture key={track.id} track={track} />
          ))}
        </div>
        {/* One list, so that a voice that begins keeps its element. */}
        {[...voices, ...soon.filter((track) => !isSeen(track))].map((track) => (
          <Voice key={track.id} track={track} />
        ))}
      </div>
      <Missing broken={broken.length} unheard={unheard} />
    </>
  );
}

const isSeen = (track: Track) => track.source !== "microphone";

/** What of it is not there, and why; always there, to be listened to. */
function Missing({ broken, unheard }: { broken: number; unheard: number }) {
  const player = usePlayer();
  const place = useRef<HTMLDivElement>(null);
  const again = () => {
    player.tryAgain();
    // The button goes away; the focus stays where it was.
    place.current?.focus({ preventScroll: true });
  };
  return (
    <div ref={place} className="rp-missing" tabIndex={-1}>
      <div role="status">
        {broken > 0 && (
          <p>
            <Plural value={broken} one="One track cannot be played." other="# tracks cannot be played." />
          </p>
        )}
      </div>
      {/* It changes with every voice, and is not said aloud each time. */}
      {unheard > 0 && (
        <p>
          <Plural
            value={unheard}
            one="One voice is left out: so many cannot be heard at once."
            other="# voices are left out: so many cannot be heard at once."
          />
        </p>
      )}
      {broken > 0 && (
        <Button size="sm" onClick={again}>
          <Trans>Try again</Trans>
        </Button>
      )}
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
  const player = usePlayer();
  const { name } = track;
  return (
    <video
      ref={useAttached(track.id)}
      src={track.address}
      onError={() => player.leaveOut(track.id)}
      preload="auto"
      playsInline
      muted
      aria-label={track.source === "screen" ? t`Screen of ${name}` : t`Picture of ${name}`}
    />
  );
}

function Voice({ track }: { track: Track }) {
  const player = usePlayer();
  const failed = () => player.leaveOut(track.id);
  // What is said is in the transcript of the session.
  // eslint-disable-next-line jsx-a11y/media-has-caption
  return <audio ref={useAttached(track.id)} src={track.address} onError={failed} preload="auto" />;
}
