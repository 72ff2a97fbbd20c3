// The buttons under a recording, and its keys.
import { Trans, useLingui } from "@lingui/react/macro";
import { Captions, Maximize, Pause, Play, RotateCcw, RotateCw, Volume2, VolumeX } from "lucide-react";
import type { KeyboardEvent as Pressed } from "react";

import { Button } from "../../../components/ui/button";
import type { Chapter } from "../../../contract/types";
import type { Player } from "./player";
import { usePlayer, useShown } from "./use-player";
import { clock, spoken } from "./words";

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];
const STEP = 10_000;

interface Props {
  chapters: readonly Chapter[];
  /** Whether captions show; null where there are none. */
  captioned: boolean | null;
  onCaptions: (on: boolean) => void;
  onFullScreen: () => void;
}

export function Controls({ chapters, captioned, onCaptions, onFullScreen }: Props) {
  const { t, i18n } = useLingui();
  const player = usePlayer();
  const { length } = player;
  const at = useShown((shown) => Math.floor(shown.at / 1000) * 1000);
  const playing = useShown((shown) => shown.playing);
  const waiting = useShown((shown) => shown.waiting);
  const rate = useShown((shown) => shown.rate);
  const muted = useShown((shown) => shown.muted);
  const volume = useShown((shown) => shown.volume);
  const where = spoken(at, i18n.locale);
  const whole = spoken(length, i18n.locale);
  return (
    <div className="rp-controls" role="group" aria-label={t`Player`}>
      <input
        type="range"
        className="rp-seek"
        aria-label={t`Place in the recording`}
        aria-valuetext={t`${where} of ${whole}`}
        min={0}
        max={length}
        step={1000}
        value={at}
        list="rp-chapters"
        onChange={(event) => player.seek(event.target.valueAsNumber)}
        onKeyDown={(event) => bySlider(event, player)}
      />
      <datalist id="rp-chapters">
        {chapters.map((chapter) => (
          <option key={`${chapter.at_ms}-${chapter.kind}`} value={chapter.at_ms} />
        ))}
      </datalist>
      <div className="rp-buttons">
        <Button look="primary" onClick={() => player.toggle()} aria-keyshortcuts="Space K">
          {playing ? <Pause className="i" aria-hidden /> : <Play className="i" aria-hidden />}
          {playing ? <Trans>Pause</Trans> : <Trans>Play</Trans>}
        </Button>
        <Button
          icon
          aria-label={t`Back 10 seconds`}
          title={t`Back 10 seconds (J)`}
          onClick={() => step(player, -1)}
        >
          <RotateCcw className="i" aria-hidden />
        </Button>
        <Button
          icon
          aria-label={t`Forward 10 seconds`}
          title={t`Forward 10 seconds (L)`}
          onClick={() => step(player, 1)}
        >
          <RotateCw className="i" aria-hidden />
        </Button>
        <span className="rp-time">
          {clock(at)} / {clock(length)}
          {waiting && (
            <span role="status">
              {" "}
              <Trans>Loading</Trans>
            </span>
          )}
        </span>
        <span className="rp-grow" />
        {captioned !== null && (
          <Button
            icon
            aria-pressed={captioned}
            aria-label={t`Captions`}
            title={t`Captions`}
            onClick={() => onCaptions(!captioned)}
          >
            <Captions className="i" aria-hidden />
          </Button>
        )}
        <label className="rp-rate">
          <span className="sr-only">
            <Trans>Speed</Trans>
          </span>
          <select value={rate} onChange={(event) => player.setRate(Number(event.target.value))}>
            {RATES.map((one) => (
              <option key={one} value={one}>
                {new Intl.NumberFormat(i18n.locale).format(one)} ×
              </option>
            ))}
          </select>
        </label>
        <Button
          icon
          aria-pressed={muted}
          aria-label={muted ? t`Sound on` : t`Sound off`}
          title={muted ? t`Sound on (M)` : t`Sound off (M)`}
          onClick={() => player.setVolume(volume, !muted)}
        >
          {muted ? <VolumeX className="i" aria-hidden /> : <Volume2 className="i" aria-hidden />}
        </Button>
        <input
          type="range"
          className="rp-volume"
          aria-label={t`Volume`}
          min={0}
          max={100}
          step={5}
          value={Math.round(volume * 100)}
          onChange={(event) => player.setVolume(event.target.valueAsNumber / 100, false)}
        />
        <Button icon aria-label={t`Full screen`} title={t`Full screen (F)`} onClick={onFullScreen}>
          <Maximize className="i" aria-hidden />
        </Button>
      </div>
    </div>
  );
}

function step(player: Player, way: number) {
  player.seek(player.snapshot().at + way * STEP);
}

/** On the slider the arrows go by five seconds, the page keys by a minute. */
function bySlider(event: Pressed, player: Player) {
  const by = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageUp: 60, PageDown: -60 }[
    event.key
  ];
  if (by === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  player.seek(player.snapshot().at + by * 1000);
}

/** The keys of the page; they rest while somebody writes or chooses. */
export function byKey(event: KeyboardEvent, player: Player, onFullScreen: () => void) {
  const target = event.target as HTMLElement;
  const busy = target.closest("input:not([type=range]), textarea, select, [role=dialog]");
  if (busy || event.ctrlKey || event.metaKey || event.altKey) return;
  const { at, rate, volume, muted } = player.snapshot();
  const faster = (way: number) =>
    RATES[Math.min(Math.max(0, RATES.indexOf(rate) + way), RATES.length - 1)] ?? 1;
  const acts: Record<string, () => void> = {
    k: () => player.toggle(),
    j: () => step(player, -1),
    l: () => step(player, 1),
    ArrowLeft: () => player.seek(at - 5_000),
    ArrowRight: () => player.seek(at + 5_000),
    Home: () => player.seek(0),
    End: () => player.seek(player.length),
    m: () => player.setVolume(volume, !muted),
    f: onFullScreen,
    ">": () => player.setRate(faster(1)),
    "<": () => player.setRate(faster(-1)),
  };
  // Space presses what has the focus; elsewhere it is play and pause.
  if (!target.closest("button, a, summary, [role=tab]")) acts[" "] = () => player.toggle();
  const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
