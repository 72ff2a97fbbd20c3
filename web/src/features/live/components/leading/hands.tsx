/** Raised hands: the control, the queue for everybody to see, and the plate on a tile. */
import { selectOrdinal } from "@lingui/core/macro";
import { Plural, SelectOrdinal, Trans, useLingui } from "@lingui/react/macro";
import { Hand as HandIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Hand, Person } from "../../engine/protocol";
import type { RoomEngine } from "../../engine/room-engine";
import { useServerNow } from "../../hooks/use-clock";
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

/** "1st", for the eye: where it stands says the same in its name, with `useHandWords`. */
export function HandPlate({ person }: { person: Person }) {
  const place = usePlace(person.user_id);
  if (place === 0) return null;
  return (
    <span className="lr-hand-plate" aria-hidden="true">
      <HandIcon className="lr-icon" />
      <SelectOrdinal value={place} one="#st" two="#nd" few="#rd" other="#th" />
    </span>
  );
}

/** "hand is up, 1st", as a part of the name of a tile or a row; empty while the hand is down. */
export function useHandWords(person: Person): string {
  const { t } = useLingui();
  const place = usePlace(person.user_id);
  if (place === 0) return "";
  return t`hand is up, ${selectOrdinal(place, { one: "#st", two: "#nd", few: "#rd", other: "#th" })}`;
}

/** For how long a hand has been up. */
function HandTime({ hand }: { hand: Hand }) {
  const minutes = Math.max(0, Math.floor((useServerNow() - Date.parse(hand.since)) / 60_000));
  return (
    <time className="lr-hand-time" dateTime={hand.since}>
      <Plural value={minutes} _0="just now" one="# min" other="# min" />
    </time>
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
            <div className="lr-hand">
              <span className="lr-grow">{hand.name}</span>
              <HandTime hand={hand} />
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
            </div>
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
