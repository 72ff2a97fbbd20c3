/** The three rows of the device check: an icon, a sentence on how it stands, and what can be changed. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleCheck, CircleDashed, Play, RotateCw, TriangleAlert, Volume2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { BARS } from "../engine/level";
import { playTestSound } from "../engine/sounds";
import { useLevel } from "../hooks/use-level";
import { useEngine, useRoom } from "../hooks/use-room";
import { useCameraCheckHelp, useMicrophoneCheckHelp } from "./device-help";

type Look = "good" | "wait" | "warn";

export function CameraRow() {
  const engine = useEngine();
  const camera = useRoom((state) => state.camera);
  const help = useCameraCheckHelp();
  if (camera.problem) {
    return (
      <Row look="warn" title={help(camera.problem)}>
        {camera.problem !== "unsupported" && <Again onPress={() => void engine.setCamera(true)} />}
      </Row>
    );
  }
  return (
    <Row
      look={camera.track ? "good" : "wait"}
      title={
        camera.track ? (
          <Trans>We can see you</Trans>
        ) : camera.on ? (
          <Trans>Opening the camera</Trans>
        ) : (
          <Trans>Your camera is off</Trans>
        )
      }
    >
      <Picker kind="videoinput" chosen={camera.track} onChoose={(id) => void engine.choose("camera", id)} />
    </Row>
  );
}

export function MicrophoneRow() {
  const engine = useEngine();
  const { t } = useLingui();
  const microphone = useRoom((state) => state.microphone);
  const help = useMicrophoneCheckHelp();
  const { bars, hearing } = useLevel(microphone.on ? microphone.track : null);
  if (microphone.problem) {
    return (
      <Row look="warn" title={help(microphone.problem)}>
        {microphone.problem !== "unsupported" && <Again onPress={() => void engine.setMicrophone(true)} />}
      </Row>
    );
  }
  const title = !microphone.on
    ? t`Your microphone is off`
    : !microphone.track
      ? t`Opening the microphone`
      : hearing === "heard"
        ? t`We can hear you`
        : hearing === "silent"
          ? t`We cannot hear you. Check that your headset is plugged in.`
          : t`Say hello. We are listening.`;
  const look = !microphone.on
    ? "wait"
    : hearing === "heard"
      ? "good"
      : hearing === "silent"
        ? "warn"
        : "wait";
  return (
    <Row look={look} title={title}>
      {/* The sentence above says what the bars show. */}
      <span className="lb-meter" aria-hidden="true">
        {Array.from({ length: BARS }, (_, index) => (
          <i key={index} data-lit={index < bars} />
        ))}
      </span>
      <Picker
        kind="audioinput"
        chosen={microphone.track}
        onChoose={(id) => void engine.choose("microphone", id)}
      />
    </Row>
  );
}

export function SpeakerRow() {
  const engine = useEngine();
  const speakerId = useRoom((state) => state.speakerId);
  const [playing, setPlaying] = useState(false);
  const play = () => {
    if (playing) return;
    setPlaying(true);
    void playTestSound(speakerId).finally(() => setPlaying(false));
  };
  return (
    <Row look="sound" title={<Trans>Can you hear us?</Trans>}>
      <button type="button" className="lb-button lb-compact" aria-busy={playing} onClick={play}>
        <Play className="lb-icon" />
        {playing ? <Trans>Playing</Trans> : <Trans>Play a short sound</Trans>}
      </button>
      <Picker
        kind="audiooutput"
        chosen={null}
        chosenId={speakerId}
        onChoose={(id) => engine.chooseSpeaker(id)}
      />
    </Row>
  );
}

function Again({ onPress }: { onPress: () => void }) {
  return (
    <button type="button" className="lb-button lb-compact" onClick={onPress}>
      <RotateCw className="lb-icon" />
      <Trans>Try again</Trans>
    </button>
  );
}

function Row({ look, title, children }: { look: Look | "sound"; title: ReactNode; children?: ReactNode }) {
  const Icon = {
    good: CircleCheck,
    wait: CircleDashed,
    warn: TriangleAlert,
    sound: Volume2,
  }[look];
  return (
    <div className="lb-row" data-look={look}>
      <Icon className="lb-row-icon" aria-hidden="true" />
      <div className="lb-row-body">
        <p role="status">
          <strong>{title}</strong>
        </p>
        {children}
      </div>
    </div>
  );
}

interface PickerProps {
  kind: MediaDeviceKind;
  chosen: MediaStreamTrack | null;
  chosenId?: string | null;
  onChoose: (deviceId: string) => void;
}

/** Native on purpose: it is the list each device knows how to draw. Hidden while there is nothing to choose. */
function Picker({ kind, chosen, chosenId, onChoose }: PickerProps) {
  const { t } = useLingui();
  const id = useId();
  const devices = useRoom((state) => state.devices);
  const choices = devices.filter((device) => device.kind === kind);
  const name = {
    audioinput: t`Microphone`,
    videoinput: t`Camera`,
    audiooutput: t`Speaker`,
  }[kind];
  if (choices.length === 0) return null;
  const current = chosenId ?? chosen?.getSettings?.().deviceId ?? choices[0]?.deviceId;
  if (choices.length === 1) return <p className="lb-muted lb-small">{choices[0]?.label || name}</p>;
  return (
    <span className="lb-picker">
      <label htmlFor={id} className="lb-sr">
        {name}
      </label>
      <select id={id} value={current ?? ""} onChange={(event) => onChoose(event.target.value)}>
        {choices.map((device, index) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label || `${name} ${index + 1}`}
          </option>
        ))}
      </select>
    </span>
  );
}
