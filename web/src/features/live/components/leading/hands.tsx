/** Raised hands: the control, the queue for everybody to see, and the plate on a tile. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Hand as HandIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Person } from "../../engine/protocol";
import type { RoomEngine } from "../../engine/room-engine";
import { useEngine, useRoom } from "../../hooks/use-room";
import type { RoomControl } from "../controls";
import "./leading.css";

/** One's place in the queue, from 1; 0 while the hand is down. */
function usePlace(user: string | undefined): number {
  return useRoom((state) => state.desk.hands.findIndex((hand) => hand.user_id === user) + 1);
}

export function useHandControl(): RoomControl {
  const { t } = useLingui();
  const engine = useEngine();
  const up = usePlace(useRoom((state) => state.you?.user_id)) > 0;
  return {
    id: "hand",
    icon: <HandIcon />,
    word: up ? t`Lower hand` : t`Raise hand`,
    look: up ? "on" : "plain",
    place: "middle",
    rank: 3,
    shortcut: "hand",
    press: () => raiseOrLower(engine),
  };
}

/** One's own hand, up or down. */
export function raiseOrLower(engine: RoomEngine): void {
  const { you, desk } = engine.store.getState();
  const up = desk.hands.some((hand) => hand.user_id === you?.user_id);
  void engine.act("raise_hand", { up: !up });
}

/** "1st" on the tile of who waits for a word. */
export function HandPlate({ person }: { person: Person }) {
  const { t } = useLingui();
  const place = usePlace(person.user_id);
  if (place === 0) return null;
  return (
    <span className="lr-hand-plate">
      <HandIcon className="lr-icon" aria-hidden="true" />
      <span aria-label={t`Hand is up, number ${place}`}>{place}</span>
    </span>
  );
}

/** Who wants to say something, in order; hosts lower hands here. */
export function HandsCard() {
  const engine = useEngine();
  const { t } = useLingui();
  const hands = useRoom((state) => state.desk.hands);
  const host = useRoom((state) => state.you?.host ?? false);
  if (hands.length === 0) return null;
  return (
    <section className="lr-hands" aria-label={t`Hands`}>
      <h3>
        <HandIcon className="lr-icon" aria-hidden="true" />
        <Plural value={hands.length} one="# hand is up" other="# hands are up" />
      </h3>
      <ol>
        {hands.map((hand) => (
          <li key={hand.user_id}>
            <span className="lr-grow">{hand.name}</span>
            {host && (
              <button
                type="button"
                className="lr-link"
                aria-label={t`Lower the hand of ${hand.name}`}
                onClick={() => void engine.act("lower_hands", { user_id: hand.user_id })}
              >
                <Trans>Lower</Trans>
              </button>
            )}
          </li>
        ))}
      </ol>
      {host && hands.length > 1 && (
        <button type="button" className="lr-choice" onClick={() => void engine.act("lower_hands", {})}>
          <Trans>Lower all hands</Trans>
        </button>
      )}
    </section>
  );
}

/** Says hands that go up, with their order, and one's own place when it moves. */
export function useHandNews(say: (text: string) => void): void {
  const { t } = useLingui();
  const hands = useRoom((state) => state.desk.hands);
  const you = useRoom((state) => state.you?.user_id);
  const before = useRef(hands);
  useEffect(() => {
    const known = before.current;
    before.current = hands;
    hands.forEach((hand, index) => {
      const place = index + 1;
      const was = known.findIndex((one) => one.user_id === hand.user_id) + 1;
      const name = hand.name;
      if (hand.user_id === you && was !== place) say(t`Your hand is up. You are number ${place}.`);
      else if (hand.user_id !== you && was === 0) say(t`${name} raised a hand, number ${place}.`);
    });
    // Said once per change of the queue, not for a new `say`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [hands]);
}
