/** Somebody's shared screen: a heading with whose it is, zoom, full screen. The picture can be moved by keyboard. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Maximize, Monitor, ZoomIn, ZoomOut } from "lucide-react";
import { useRef, useState } from "react";
import type { Person, SeatId } from "../engine/protocol";
import { mediaKey } from "../engine/state";
import { useRoom } from "../hooks/use-room";
import { Picture } from "./picture";

interface Props {
  sharer: Person;
  sharers: Person[];
  onChoose: (seat: SeatId) => void;
}

const ZOOMS = [1, 1.5, 2, 3];

export function SharedScreen({ sharer, sharers, onChoose }: Props) {
  const { t } = useLingui();
  const frame = useRef<HTMLDivElement>(null);
  const [step, setStep] = useState(0);
  const stream = useRoom((state) => state.streams[mediaKey(sharer.seat_id, "screen")]);
  const paused = useRoom((state) => state.paused[mediaKey(sharer.seat_id, "screen")] ?? false);
  const soundOnly = useRoom((state) => state.thrift === "sound");
  const zoom = ZOOMS[step] ?? 1;
  return (
    <section className="lr-share" aria-label={t`${sharer.name}’s screen`}>
      <div className="lr-share-head">
        {sharers.map((person) => (
          <ScreenTab
            key={person.seat_id}
            person={person}
            chosen={person === sharer}
            only={sharers.length === 1}
            onChoose={onChoose}
          />
        ))}
        <span className="lr-grow" />
        {step > 0 && (
          <button type="button" className="lr-quiet" onClick={() => setStep(step - 1)}>
            <ZoomOut className="lr-icon" />
            <Trans>Zoom out</Trans>
          </button>
        )}
        {step < ZOOMS.length - 1 && (
          <button type="button" className="lr-quiet" onClick={() => setStep(step + 1)}>
            <ZoomIn className="lr-icon" />
            <Trans>Zoom in</Trans>
          </button>
        )}
        <button type="button" className="lr-quiet" onClick={() => void frame.current?.requestFullscreen?.()}>
          <Maximize className="lr-icon" />
          <Trans>Full screen</Trans>
        </button>
      </div>
      {/* Scrolls in both directions when zoomed; focusable, so that the arrow keys can move it. */}
      <div
        ref={frame}
        className="lr-share-frame"
        role="group"
        aria-label={t`Picture of the screen. Use the arrow keys to move it when it is zoomed in.`}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling part must be reachable by keyboard
        tabIndex={0}
      >
        <div style={{ inlineSize: `${zoom * 100}%`, blockSize: `${zoom * 100}%` }}>
          {stream && !paused ? (
            <Picture key={stream.id} stream={stream} seat={sharer.seat_id} source="screen" whole />
          ) : (
            <p className="lr-share-wait">
              {soundOnly ? (
                <Trans>Sound only is on, so the screen is not shown.</Trans>
              ) : paused ? (
                <Trans>The screen is paused because the connection is weak.</Trans>
              ) : (
                <Trans>Waiting for the screen</Trans>
              )}
            </p>
          )}
        </div>
      </div>
    </section>
  );
}

interface TabProps {
  person: Person;
  chosen: boolean;
  only: boolean;
  onChoose: (seat: SeatId) => void;
}

function ScreenTab({ person, chosen, only, onChoose }: TabProps) {
  const name = person.name.split(/\s+/)[0] ?? person.name;
  const label = (
    <>
      <Monitor className="lr-icon" />
      <Trans>{name}’s screen</Trans>
    </>
  );
  if (only) return <h2 className="lr-share-tab">{label}</h2>;
  return (
    <button
      type="button"
      className="lr-share-tab"
      aria-pressed={chosen}
      onClick={() => onChoose(person.seat_id)}
    >
      {label}
    </button>
  );
}
