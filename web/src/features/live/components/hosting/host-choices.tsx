/** What who leads may do about one person. Each word says what pressing it does now. */
import { useLingui } from "@lingui/react/macro";
import {
  Captions,
  CaptionsOff,
  Crown,
  DoorOpen,
  MicOff,
  MonitorX,
  Spotlight,
  UserX,
  VideoOff,
} from "lucide-react";
import type { ReactNode } from "react";
import type { ClientEvents, Person } from "../../engine/protocol";
import { useEngine, useRoom } from "../../hooks/use-room";
import { useAllowChoices } from "./use-allow-choices";

export interface HostChoice {
  id: string;
  icon: ReactNode;
  word: string;
  danger?: boolean;
  press: () => void;
}

interface Props {
  person: Person;
  onRemove: () => void;
  onClose: () => void;
}

export function HostChoices({ person, onRemove, onClose }: Props) {
  const { t } = useLingui();
  const act = useActOf(onClose);
  const isYou = useRoom((state) => state.you?.seat_id === person.seat_id);
  const spotlit = useRoom((state) => state.desk.spotlight === person.user_id);
  const captioner = useRoom((state) => state.desk.captioners.includes(person.user_id));
  const seat_id = person.seat_id;
  const user_id = person.user_id;
  const allow = useAllowChoices(person, onClose);
  // Staff lead always, and are not sent out of the room of their program.
  const mayChange = !isYou && person.role !== "staff";
  const choices: (HostChoice | false)[] = [
    !isYou &&
      person.state.microphone && {
        id: "microphone",
        icon: <MicOff />,
        word: t`Mute`,
        press: act("mute", { seat_id, source: "microphone" }),
      },
    !isYou &&
      person.state.camera && {
        id: "camera",
        icon: <VideoOff />,
        word: t`Stop video`,
        press: act("mute", { seat_id, source: "camera" }),
      },
    !isYou &&
      person.state.screen && {
        id: "screen",
        icon: <MonitorX />,
        word: t`Stop sharing`,
        press: act("mute", { seat_id, source: "screen" }),
      },
    ...allow,
    {
      id: "spotlight",
      icon: <Spotlight />,
      word: spotlit ? t`End the spotlight` : t`Put in the spotlight`,
      press: act("spotlight", { user_id: spotlit ? null : user_id }),
    },
    mayChange && {
      id: "host",
      icon: <Crown />,
      word: person.host ? t`Take hosting back` : t`Share hosting`,
      press: act("set_host", { user_id, host: !person.host }),
    },
    // Who leads may write captions without being asked to.
    mayChange &&
      (captioner || !person.host) && {
        id: "captioner",
        icon: captioner ? <CaptionsOff /> : <Captions />,
        word: captioner ? t`Take captioning back` : t`Let them write captions`,
        press: act("set_captioner", { user_id, captioner: !captioner }),
      },
    mayChange && {
      id: "out",
      icon: <DoorOpen />,
      word: t`Send out`,
      press: act("remove", { seat_id, may_return: true }),
    },
    mayChange && { id: "remove", icon: <UserX />, word: t`Take out for good`, danger: true, press: onRemove },
  ];
  return <ChoiceGroup choices={choices.filter((choice) => choice !== false)} />;
}

function useActOf(onClose: () => void) {
  const engine = useEngine();
  return <E extends keyof ClientEvents>(event: E, said: ClientEvents[E]["ask"]) =>
    () => {
      void engine.act(event, said);
      onClose();
    };
}

function ChoiceGroup({ choices }: { choices: HostChoice[] }) {
  const { t } = useLingui();
  return (
    <div className="lr-hosting" role="group" aria-label={t`For hosts`}>
      {choices.map(({ id, icon, word, danger, press }) => (
        <button
          key={id}
          type="button"
          className={danger ? "lr-choice lr-danger" : "lr-choice"}
          onClick={press}
        >
          <span className="lr-icon" aria-hidden="true">
            {icon}
          </span>
          {word}
        </button>
      ))}
    </div>
  );
}
