/** How captions look on this device, whether they are read aloud, and whether one's own speech becomes captions. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useId } from "react";
import { keep, useDevice } from "../../device";
import { speechRecognition } from "../../engine/speech";
import { useEngine, useRoom } from "../../hooks/use-room";
import { RoomDialog } from "../room-dialog";

/** Text sizes in pixels, numbers of lines, and how many seconds a line stays. */
const SIZES = [18, 20, 22, 26, 32, 40];
const LINES = [2, 3];
const PACES = [4, 8, 15, 30];

export function CaptionSettings({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const device = useDevice();
  return (
    <RoomDialog
      title={<Trans>Caption settings</Trans>}
      onClose={onClose}
      actions={
        <button type="button" className="lr-choice" onClick={onClose}>
          <Trans>Done</Trans>
        </button>
      }
    >
      <fieldset className="lr-rules">
        <legend>
          <Trans>On this device</Trans>
        </legend>
        <Switch
          on={device.captions}
          word={<Trans>Show captions</Trans>}
          onChange={(captions) => keep({ captions })}
        />
        <Numbers
          word={<Trans>Text size</Trans>}
          value={device.captionSize}
          of={SIZES}
          name={(size) => (size === 22 ? t`${size}, the usual` : `${size}`)}
          onChange={(captionSize) => keep({ captionSize })}
        />
        <Numbers
          word={<Trans>Lines</Trans>}
          value={device.captionLines}
          of={LINES}
          name={(lines) => `${lines}`}
          onChange={(captionLines) => keep({ captionLines })}
        />
        <Paces />
        <Switch
          on={device.captionsAloud}
          word={<Trans>Read captions aloud or to braille</Trans>}
          hint={<Trans>For screen readers: each line is said once, when it is finished.</Trans>}
          onChange={(captionsAloud) => keep({ captionsAloud })}
        />
      </fieldset>
      <OwnSpeech />
    </RoomDialog>
  );
}

function Paces() {
  const pace = useDevice((device) => device.captionPace);
  const id = useId();
  return (
    <div className="lr-rule-select">
      <span id={id}>
        <Trans>A line stays for</Trans>
      </span>
      <div className="lr-captions-choices" role="group" aria-labelledby={id}>
        {PACES.map((seconds) => (
          <button
            key={seconds}
            type="button"
            className="lr-captions-choice"
            aria-pressed={seconds === pace}
            onClick={() => keep({ captionPace: seconds })}
          >
            <Plural value={seconds} one="# second" other="# seconds" />
          </button>
        ))}
      </div>
    </div>
  );
}

interface NumbersProps {
  word: ReactNode;
  value: number;
  of: readonly number[];
  name: (value: number) => string;
  onChange: (value: number) => void;
}

function Numbers({ word, value, of, name, onChange }: NumbersProps) {
  const id = useId();
  return (
    <div className="lr-rule-select">
      <label htmlFor={id}>{word}</label>
      <select id={id} value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {of.map((one) => (
          <option key={one} value={one}>
            {name(one)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Asked of each person for each visit: the sound may leave the house. */
function OwnSpeech() {
  const engine = useEngine();
  const speech = useRoom((state) => state.speech);
  const can = speechRecognition() !== undefined;
  return (
    <fieldset className="lr-rules">
      <legend>
        <Trans>What I say</Trans>
      </legend>
      {can ? (
        <Switch
          on={speech.on}
          word={<Trans>Turn my speech into captions</Trans>}
          hint={
            <Trans>
              Your browser recognises your words while you are unmuted, until you leave. The company that
              makes the browser may receive the sound of your microphone for that.
            </Trans>
          }
          onChange={(on) => engine.setSpeech(on)}
        />
      ) : (
        <p className="lr-captions-cannot">
          <Trans>This browser cannot turn speech into captions. Chrome, Edge and Safari can.</Trans>
        </p>
      )}
      <p role="status" className="lr-captions-problem">
        {speech.problem === "refused" && (
          <Trans>
            The browser did not allow it. Allow the microphone for this page, then switch it on again.
          </Trans>
        )}
        {speech.problem === "unreachable" && (
          <Trans>
            The browser’s speech recognition does not answer, so it was switched off. Try again later.
          </Trans>
        )}
      </p>
    </fieldset>
  );
}

interface SwitchProps {
  on: boolean;
  word: ReactNode;
  hint?: ReactNode;
  onChange: (on: boolean) => void;
}

function Switch({ on, word, hint, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="lr-rule">
      <label className="lr-switch">
        <input
          type="checkbox"
          role="switch"
          checked={on}
          aria-describedby={hint ? id : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span className="lr-grow">{word}</span>
        <span className="lr-rule-state" aria-hidden="true">
          {on ? <Trans>On</Trans> : <Trans>Off</Trans>}
        </span>
      </label>
      {hint && (
        <p id={id} className="lr-rule-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
