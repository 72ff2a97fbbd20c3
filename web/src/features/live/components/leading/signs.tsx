/** Small signs: chosen from a menu with words, shown still on the tile of who shows them. */
import { Trans, useLingui } from "@lingui/react/macro";
import { SmilePlus } from "lucide-react";
import { useDevice, keep } from "../../device";
import type { Person, Sign } from "../../engine/protocol";
import { useEngine, useRoom } from "../../hooks/use-room";
import type { RoomControl } from "../controls";
import { Choice } from "../more-dialog";
import { RoomDialog } from "../room-dialog";

const PICTURES: Record<Sign, string> = {
  clap: "👏",
  heart: "❤️",
  laugh: "😄",
  smile: "🙂",
  thumbs_up: "👍",
  thumbs_down: "👎",
  celebrate: "🎉",
  surprised: "😮",
};

function useSignWords(): Record<Sign, string> {
  const { t } = useLingui();
  return {
    clap: t`Clap`,
    heart: t`Heart`,
    laugh: t`Laugh`,
    smile: t`Smile`,
    thumbs_up: t`Yes, thumbs up`,
    thumbs_down: t`No, thumbs down`,
    celebrate: t`Celebrate`,
    surprised: t`Surprised`,
  };
}

export function useReactControl(press: () => void): RoomControl {
  const { t } = useLingui();
  return {
    id: "react",
    icon: <SmilePlus />,
    word: t`React`,
    tip: t`Show a sign to everyone`,
    look: "plain",
    place: "middle",
    rank: 6,
    press,
  };
}

export function SignsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const engine = useEngine();
  const words = useSignWords();
  const shown = useDevice((device) => device.signs);
  const choose = (sign: Sign) => {
    onClose();
    void engine.act("react", { sign });
  };
  return (
    <RoomDialog
      look="menu"
      title={<Trans>Show a sign</Trans>}
      onClose={onClose}
      actions={
        <button type="button" className="lr-choice" onClick={onClose}>
          <Trans>Close</Trans>
        </button>
      }
    >
      <div className="lr-more">
        {(Object.keys(PICTURES) as Sign[]).map((sign) => (
          <Choice key={sign} icon={PICTURES[sign]} word={words[sign]} onPress={() => choose(sign)} />
        ))}
        <Choice
          icon={<SmilePlus />}
          word={t`Show me the signs of others`}
          pressed={shown}
          onPress={() => keep({ signs: !shown })}
        />
      </div>
    </RoomDialog>
  );
}

/** The newest sign of a person, still, until its time is over. */
export function SignPlate({ person }: { person: Person }) {
  const words = useSignWords();
  const wanted = useDevice((device) => device.signs);
  const sign = useRoom((state) => state.signs.findLast((one) => one.seat_id === person.seat_id)?.sign);
  if (!sign || !wanted) return null;
  return (
    <span className="lr-sign-plate">
      <span aria-hidden="true">{PICTURES[sign]}</span>
      <span className="lr-sr">{words[sign]}</span>
    </span>
  );
}
