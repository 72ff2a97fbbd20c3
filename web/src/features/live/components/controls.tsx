/** The controls of the room, each with the word for what pressing it does; where they stand is the bar's business. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleStop, Lock, Mic, MicOff, MonitorUp, MonitorX, Video, VideoOff } from "lucide-react";
import type { ReactNode } from "react";
import { mayUse } from "../engine/rules";
import { useEngine, useRoom } from "../hooks/use-room";
import { type Shortcut, useKeyName } from "../hooks/use-shortcuts";
import type { Ranked } from "../layout/bar";
import { Unread } from "./panel";
import type { RoomTab, TabId } from "./tabs";

export interface RoomControl extends Ranked {
  id: string;
  icon: ReactNode;
  word: string;
  /** Where the word alone says too little. */
  tip?: string;
  look: "plain" | "off" | "on" | "leave" | "danger";
  place: "middle" | "end";
  shortcut?: Shortcut | undefined;
  expanded?: boolean;
  /** Given where the word stays the same and the look alone would say that it is on. */
  pressed?: boolean;
  opens?: string;
  unread?: number | undefined;
  /** The rules of the class keep it shut; pressing says why. */
  shut?: boolean;
  press: () => void;
}

export function useMicrophoneControl(): RoomControl {
  const { t } = useLingui();
  const engine = useEngine();
  const on = useRoom((state) => state.microphone.on && state.microphone.problem === null);
  const shut = useRoom((state) => !mayUse(state, "microphone")) && !on;
  return {
    id: "microphone",
    icon: on ? <Mic /> : <MicOff />,
    word: on ? t`Mute` : t`Unmute`,
    ...(shut && { shut, tip: t`The hosts have switched microphones off for now` }),
    look: on ? "plain" : "off",
    place: "middle",
    rank: 1,
    shortcut: "microphone",
    press: () => void engine.setMicrophone(!on),
  };
}

export function useCameraControl(): RoomControl {
  const { t } = useLingui();
  const engine = useEngine();
  const on = useRoom((state) => state.camera.on && state.camera.problem === null);
  const shut = useRoom((state) => !mayUse(state, "camera")) && !on;
  return {
    id: "camera",
    icon: on ? <Video /> : <VideoOff />,
    word: on ? t`Stop video` : t`Start video`,
    ...(shut && { shut, tip: t`The hosts have switched cameras off for now` }),
    look: on ? "plain" : "off",
    place: "middle",
    rank: 2,
    shortcut: "camera",
    press: () => void engine.setCamera(!on),
  };
}

/** Phones cannot share a screen; a control that can never work is not drawn. */
export const CAN_SHARE =
  typeof navigator !== "undefined" && "getDisplayMedia" in (navigator.mediaDevices ?? {});

export function useShareControl(): RoomControl | null {
  const { t } = useLingui();
  const engine = useEngine();
  const sharing = useRoom((state) => state.screen.on);
  const shut = useRoom((state) => !mayUse(state, "screen")) && !sharing;
  if (!CAN_SHARE) return null;
  return {
    id: "share",
    icon: sharing ? <MonitorX /> : <MonitorUp />,
    word: sharing ? t`Stop sharing` : t`Share`,
    tip: shut
      ? t`The hosts have kept sharing to themselves for now`
      : sharing
        ? t`Stop sharing your screen`
        : t`Share your screen`,
    shut,
    look: sharing ? "on" : "plain",
    place: "middle",
    rank: 6,
    press: () => void (sharing ? engine.media.stopScreen() : engine.shareScreen()),
  };
}

export function useEndControl(press: () => void): RoomControl | null {
  const { t } = useLingui();
  const isStaff = useRoom((state) => state.you?.role === "staff");
  if (!isStaff) return null;
  return {
    id: "end",
    icon: <CircleStop />,
    word: t`End for everyone`,
    tip: t`End the session for everyone`,
    look: "danger",
    place: "end",
    rank: 9,
    press,
  };
}

/** A tab that has a control of its own: it opens and closes the panel. */
export function tabControl(tab: RoomTab, open: TabId | null, toggle: (id: TabId) => void): RoomControl[] {
  if (!tab.control) return [];
  return [
    {
      id: tab.id,
      icon: tab.icon,
      word: tab.label,
      look: tab.id === open ? "on" : "plain",
      place: "end",
      rank: tab.control.rank,
      shortcut: tab.control.shortcut,
      expanded: tab.id === open,
      opens: tab.id,
      unread: tab.unread,
      press: () => toggle(tab.id),
    },
  ];
}

/** Beside the word for what pressing would do: that the rules keep it shut for now. */
export function NotNow() {
  return (
    <span className="lr-not-now">
      <Lock aria-hidden="true" />
      <Trans>Not now</Trans>
    </span>
  );
}

/** A control as it stands in the bar. Where its word changes with the state, there is no pressed state. */
export function ControlButton({ control }: { control: RoomControl & { popup?: "dialog" } }) {
  const key = useKeyName()(control.shortcut);
  const tip = control.tip ?? control.word;
  return (
    <button
      type="button"
      className="lr-control"
      data-look={control.look}
      title={key ? `${tip} (${key})` : tip}
      aria-keyshortcuts={key}
      aria-expanded={control.expanded}
      aria-pressed={control.pressed}
      aria-disabled={control.shut ? true : undefined}
      aria-haspopup={control.popup}
      data-opens={control.opens}
      onClick={control.press}
    >
      <span className="lr-control-icon" aria-hidden="true">
        {control.icon}
      </span>
      <span>{control.word}</span>
      {control.shut && <NotNow />}
      {control.unread !== undefined && control.unread > 0 && <Unread count={control.unread} />}
    </button>
  );
}
