/** The bar of controls: as many as have a place, the rest under More. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Ellipsis, LogOut, MicOff } from "lucide-react";
import { useState } from "react";
import type { Pip } from "../hooks/use-pip";
import { useRoom } from "../hooks/use-room";
import { rootFontSize, type Shape } from "../hooks/use-size";
import { fitted, slotsFor } from "../layout/bar";
import {
  ControlButton,
  type RoomControl,
  tabControl,
  useCameraControl,
  useEndControl,
  useMicrophoneControl,
  useShareControl,
} from "./controls";
import { useCaptionsControl } from "./captions/caption-control";
import { BreakoutsDialog } from "./leading/breakouts";
import { useHandControl } from "./leading/hands";
import { SignsDialog, useReactControl } from "./leading/signs";
import { TimerDialog } from "./leading/timer";
import { MoreDialog } from "./more-dialog";
import { RecordDialog } from "./recording/record-dialog";
import type { RoomTab, TabId } from "./tabs";
import type { ViewProps } from "./views";

interface Props extends ViewProps {
  shape: Shape;
  width: number;
  /** The header has no place for the views. */
  withViews: boolean;
  /** What brings boards and notes onto the stage. */
  documents: RoomControl[];
  tabs: RoomTab[];
  openTab: TabId | null;
  onTab: (id: TabId) => void;
  onLeave: () => void;
  onEnd: () => void;
  pip: Pip;
  onDevices: () => void;
  onShortcuts: () => void;
  onCaptions: () => void;
  onRules: () => void;
}

export function ControlBar(props: Props) {
  return props.view === "calm" ? <CalmBar onLeave={props.onLeave} /> : <FullBar {...props} />;
}

/** Three controls, and nothing else. */
function CalmBar({ onLeave }: { onLeave: () => void }) {
  const { t } = useLingui();
  const controls = [useMicrophoneControl(), useCameraControl(), useLeaveControl(onLeave)];
  return (
    <nav className="lr-bar" aria-label={t`Room controls`} data-region tabIndex={-1}>
      <MutedWords />
      <div className="lr-bar-middle">
        {controls.map((control) => (
          <ControlButton key={control.id} control={control} />
        ))}
      </div>
    </nav>
  );
}

/** What opens from the bar or from More. */
export type Dialog = "signs" | "timer" | "breakouts" | "record";

function FullBar(props: Props) {
  const { t } = useLingui();
  const { shape, width } = props;
  const [more, setMore] = useState(false);
  const small = shape === "phone" || shape === "landscape";
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const controls = useControls(props, () => setDialog("signs"));
  const leave = useLeaveControl(props.onLeave);
  // On a phone, Leave stands at the top instead.
  const slots = slotsFor(width, rootFontSize(), small) - (small ? 0 : 1);
  const { shown, rest } = fitted(controls, slots);
  const at = (place: RoomControl["place"]) =>
    shown
      .filter((control) => control.place === place)
      .map((control) => <ControlButton key={control.id} control={control} />);
  const moreButton = (
    <ControlButton
      control={{
        id: "more",
        icon: <Ellipsis />,
        word: t`More`,
        look: "plain",
        place: "middle",
        rank: 0,
        popup: "dialog",
        expanded: more,
        opens: "more",
        // What waits inside shows at its door.
        unread: rest.reduce((sum, control) => sum + (control.unread ?? 0), 0),
        press: () => setMore(true),
      }}
    />
  );
  return (
    <>
      <nav className="lr-bar" aria-label={t`Room controls`} data-region tabIndex={-1}>
        <MutedWords />
        <div className="lr-bar-middle">
          {at("middle")}
          {!small && moreButton}
        </div>
        <div className="lr-bar-end">
          {at("end")}
          {small ? moreButton : <ControlButton control={leave} />}
        </div>
      </nav>
      {more && (
        <MoreDialog
          controls={[...rest, ...props.documents]}
          views={props.withViews ? props : null}
          pip={props.pip}
          onDevices={props.onDevices}
          onShortcuts={props.onShortcuts}
          onCaptions={props.onCaptions}
          onLead={setDialog}
          onRules={props.onRules}
          onClose={() => setMore(false)}
        />
      )}
      {dialog === "signs" && <SignsDialog onClose={close} />}
      {dialog === "timer" && <TimerDialog onClose={close} />}
      {dialog === "record" && <RecordDialog onClose={close} />}
      {dialog === "breakouts" && <BreakoutsDialog onClose={close} />}
    </>
  );
}

function useControls({ tabs, openTab, onTab, onEnd }: Props, onReact: () => void): RoomControl[] {
  const all = [
    useMicrophoneControl(),
    useCameraControl(),
    useHandControl(),
    useReactControl(onReact),
    useShareControl(),
    useCaptionsControl(),
    ...tabs.flatMap((tab) => tabControl(tab, openTab, onTab)),
    useEndControl(onEnd),
  ];
  return all.filter((control) => control !== null);
}

export function useLeaveControl(press: () => void): RoomControl {
  const { t } = useLingui();
  return {
    id: "leave",
    icon: <LogOut className="lr-mirror" />,
    word: t`Leave`,
    tip: t`Leave the room`,
    look: "leave",
    place: "end",
    rank: 0,
    press,
  };
}

/** Beside the button, the state in words: a button that says "Unmute" does not say that you are muted. */
function MutedWords() {
  const muted = useRoom((state) => !state.microphone.on);
  const speech = useRoom((state) => state.speech.on);
  const problem = useRoom((state) => state.microphone.on && state.microphone.problem !== null);
  return (
    <p className="lr-bar-words">
      {(muted || problem) && <MicOff className="lr-icon" aria-hidden="true" />}
      {muted ? (
        <Trans>You are muted</Trans>
      ) : problem ? (
        <Trans>Nobody can hear you</Trans>
      ) : speech ? (
        <Trans>Your speech becomes captions</Trans>
      ) : null}
    </p>
  );
}
