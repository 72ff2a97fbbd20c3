/** The controls. Each says what pressing it does; the word changes with the state, so there is no pressed state. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleStop, LogOut, Mic, MicOff, MonitorUp, MonitorX, Users, Video, VideoOff } from "lucide-react";
import type { ReactNode } from "react";
import { useEngine, useRoom } from "../hooks/use-room";

interface Props {
  peopleOpen: boolean;
  onPeople: () => void;
  onLeave: () => void;
  onEnd: () => void;
  /** On a phone, Leave stands at the top instead. */
  withLeave: boolean;
  shortcuts: boolean;
}

export function ControlBar({ peopleOpen, onPeople, onLeave, onEnd, withLeave, shortcuts }: Props) {
  const { t } = useLingui();
  const isStaff = useRoom((state) => state.you?.role === "staff");
  return (
    <nav className="lr-bar" aria-label={t`Room controls`} data-region tabIndex={-1}>
      <MutedWords />
      <div className="lr-bar-middle">
        <MicrophoneControl shortcut={shortcuts} />
        <CameraControl shortcut={shortcuts} />
        <ShareControl />
      </div>
      <div className="lr-bar-end">
        <Control
          icon={<Users />}
          word={<Trans>People</Trans>}
          look={peopleOpen ? "on" : "plain"}
          tip={shortcuts ? t`People (P)` : t`People`}
          shortcut={shortcuts ? "P" : undefined}
          expanded={peopleOpen}
          opens="people"
          onPress={onPeople}
        />
        {isStaff && (
          <Control
            icon={<CircleStop />}
            word={<Trans>End for everyone</Trans>}
            look="danger"
            tip={t`End the session for everyone`}
            onPress={onEnd}
          />
        )}
        {withLeave && (
          <Control
            icon={<LogOut className="lr-mirror" />}
            word={<Trans>Leave</Trans>}
            look="leave"
            tip={t`Leave the room`}
            onPress={onLeave}
          />
        )}
      </div>
    </nav>
  );
}

/** Beside the button, the state in words: a button that says "Unmute" does not say that you are muted. */
function MutedWords() {
  const muted = useRoom((state) => !state.microphone.on);
  const problem = useRoom((state) => state.microphone.on && state.microphone.problem !== null);
  return (
    <p className="lr-bar-words">
      {(muted || problem) && <MicOff className="lr-icon" aria-hidden="true" />}
      {muted ? <Trans>You are muted</Trans> : problem ? <Trans>Nobody can hear you</Trans> : null}
    </p>
  );
}

function MicrophoneControl({ shortcut }: { shortcut: boolean }) {
  const { t } = useLingui();
  const engine = useEngine();
  const on = useRoom((state) => state.microphone.on && state.microphone.problem === null);
  const word = on ? t`Mute` : t`Unmute`;
  return (
    <Control
      icon={on ? <Mic /> : <MicOff />}
      word={word}
      look={on ? "plain" : "off"}
      tip={shortcut ? `${word} (M)` : word}
      shortcut={shortcut ? "M" : undefined}
      onPress={() => void engine.setMicrophone(!on)}
    />
  );
}

function CameraControl({ shortcut }: { shortcut: boolean }) {
  const { t } = useLingui();
  const engine = useEngine();
  const on = useRoom((state) => state.camera.on && state.camera.problem === null);
  const word = on ? t`Stop video` : t`Start video`;
  return (
    <Control
      icon={on ? <Video /> : <VideoOff />}
      word={word}
      look={on ? "plain" : "off"}
      tip={shortcut ? `${word} (V)` : word}
      shortcut={shortcut ? "V" : undefined}
      onPress={() => void engine.setCamera(!on)}
    />
  );
}

/** Phones cannot share a screen; a control that can never work is not drawn. */
const CAN_SHARE = typeof navigator !== "undefined" && "getDisplayMedia" in (navigator.mediaDevices ?? {});

function ShareControl() {
  const { t } = useLingui();
  const engine = useEngine();
  const sharing = useRoom((state) => state.screen.on);
  if (!CAN_SHARE) return null;
  return (
    <Control
      icon={sharing ? <MonitorX /> : <MonitorUp />}
      word={sharing ? <Trans>Stop sharing</Trans> : <Trans>Share</Trans>}
      look={sharing ? "on" : "plain"}
      tip={sharing ? t`Stop sharing your screen` : t`Share your screen`}
      onPress={() => void (sharing ? engine.media.stopScreen() : engine.media.shareScreen())}
    />
  );
}

interface ControlProps {
  icon: ReactNode;
  word: ReactNode;
  look: "plain" | "off" | "on" | "leave" | "danger";
  tip: string;
  shortcut?: string | undefined;
  expanded?: boolean;
  opens?: string;
  onPress: () => void;
}

function Control({ icon, word, look, tip, shortcut, expanded, opens, onPress }: ControlProps) {
  return (
    <button
      type="button"
      className="lr-control"
      data-look={look}
      title={tip}
      aria-keyshortcuts={shortcut}
      aria-expanded={expanded}
      data-opens={opens}
      onClick={onPress}
    >
      <span className="lr-control-icon" aria-hidden="true">
        {icon}
      </span>
      <span>{word}</span>
    </button>
  );
}
