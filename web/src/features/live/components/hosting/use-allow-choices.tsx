/** Where a rule says no: the exception for one person, given and taken back. */
import { useLingui } from "@lingui/react/macro";
import { Mic, MonitorUp, Pencil, Video } from "lucide-react";
import type { Person } from "../../engine/protocol";
import { useEngine, useRoom } from "../../hooks/use-room";
import type { HostChoice } from "./host-choices";

const NOTHING = { speak: false, show: false, share: false, draw: false };

export function useAllowChoices(person: Person, onClose: () => void): HostChoice[] {
  const { t } = useLingui();
  const engine = useEngine();
  const desk = useRoom((state) => state.desk);
  if (person.host || person.role === "staff") return [];
  const { speak, show, share, draw } = desk.allowed.find((one) => one.user_id === person.user_id) ?? NOTHING;
  const now = { speak, show, share, draw };
  // The server takes the four as a whole.
  const flip = (what: keyof typeof now) => () => {
    void engine.act("allow", { user_id: person.user_id, ...now, [what]: !now[what] });
    onClose();
  };
  const all: (HostChoice & { id: keyof typeof now })[] = [
    {
      id: "speak",
      icon: <Mic />,
      word: speak ? t`No longer allow to speak` : t`Allow to speak`,
      press: flip("speak"),
    },
    {
      id: "show",
      icon: <Video />,
      word: show ? t`No longer allow the camera` : t`Allow the camera`,
      press: flip("show"),
    },
    {
      id: "share",
      icon: <MonitorUp />,
      word: share ? t`No longer allow to share` : t`Allow to share the screen`,
      press: flip("share"),
    },
    {
      id: "draw",
      icon: <Pencil />,
      word: draw ? t`No longer allow to draw and write` : t`Allow to draw and write`,
      press: flip("draw"),
    },
  ];
  return all.filter(({ id }) => !desk.rules[id]);
}
