/** Somebody's shared screen: a heading with whose it is, zoom, full screen. The picture can be moved by keyboard. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Maximize, Minimize, ZoomIn, ZoomOut } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { Person } from "../engine/protocol";
import { mediaKey } from "../engine/state";
import { useFullScreen } from "../hooks/use-full-screen";
import { useRoom } from "../hooks/use-room";
import { CaptionStrip } from "./captions/caption-strip";
import { Picture } from "./picture";

interface Props {
  sharer: Person;
  /** Whose screen it is, and what else the stage can show. */
  tabs: ReactNode;
}

const ZOOMS = [1, 1.5, 2, 3];

export function SharedScreen({ sharer, tabs }: Props) {
  const { t } = useLingui();
  const whole = useRef<HTMLElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [step, setStep] = useState(0);
  const zoomIn = useRef<HTMLButtonElement>(null);
  const [isFull, toggleFull] = useFullScreen(whole);
  const stream = useRoom((state) => state.streams[mediaKey(sharer.seat_id, "screen")]);
  const paused = useRoom((state) => state.paused[mediaKey(sharer.seat_id, "screen")] ?? false);
  const soundOnly = useRoom((state) => state.thrift === "sound");
  const zoom = ZOOMS[step] ?? 1;
  const last = ZOOMS.length - 1;
  const go = (to: number) => {
    if (to < 0 || to > last) return;
    setStep(to);
    // Zoom out goes away where there is nothing left to zoom out of.
    if (to === 0 && document.activeElement !== frame.current) zoomIn.current?.focus();
  };
  useKeptCentre(frame, zoom);
  const press = (event: KeyboardEvent) => {
    const to = { "+": step + 1, "=": step + 1, "-": step - 1, "0": 0 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <section ref={whole} className="lr-share" aria-label={t`${sharer.name}’s screen`}>
      <div className="lr-share-head">
        {tabs}
        <span className="lr-grow" />
        {step > 0 && (
          <button type="button" className="lr-quiet" onClick={() => go(step - 1)}>
            <ZoomOut className="lr-icon" />
            <Trans>Zoom out</Trans>
          </button>
        )}
        <button
          ref={zoomIn}
          type="button"
          className="lr-quiet"
          aria-disabled={step === last}
          onClick={() => go(step + 1)}
        >
          <ZoomIn className="lr-icon" />
          <Trans>Zoom in</Trans>
        </button>
        {toggleFull && (
          <button type="button" className="lr-quiet" onClick={toggleFull}>
            {isFull ? <Minimize className="lr-icon" /> : <Maximize className="lr-icon" />}
            {isFull ? <Trans>Leave full screen</Trans> : <Trans>Full screen</Trans>}
          </button>
        )}
      </div>
      {/* Scrolls in both directions when zoomed; focusable, so that the arrow keys can move it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys for what the buttons do */}
      <div
        ref={frame}
        className="lr-share-frame"
        role="group"
        aria-label={t`Picture of the screen. Plus and minus zoom, the arrow keys move it.`}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling part must be reachable by keyboard
        tabIndex={0}
        onKeyDown={press}
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
      {isFull && <CaptionStrip />}
    </section>
  );
}

/** What was in the middle stays there. */
function useKeptCentre(frame: RefObject<HTMLElement | null>, zoom: number): void {
  const before = useRef(zoom);
  useLayoutEffect(() => {
    const element = frame.current;
    const times = zoom / before.current;
    before.current = zoom;
    if (!element || times === 1) return;
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = element;
    element.scrollTo?.({
      left: (scrollLeft + clientWidth / 2) * times - clientWidth / 2,
      top: (scrollTop + clientHeight / 2) * times - clientHeight / 2,
    });
  }, [frame, zoom]);
}
