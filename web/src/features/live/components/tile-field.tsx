/** Tiles as one list with one tab stop: the arrow keys go where the eye would go, Enter opens the person's menu. */
import { useLingui } from "@lingui/react/macro";
import {
  type CSSProperties,
  type KeyboardEvent,
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Person, SeatId } from "../engine/protocol";
import { arrowTo } from "../layout/arrows";
import { shortNames } from "./face";
import { Tile } from "./tile";

interface Props {
  people: Person[];
  you: SeatId | null;
  pinned: SeatId | null;
  className: string;
  style?: CSSProperties;
  /** Where each tile goes, by its index. */
  places?: CSSProperties[];
  /** A change of this value cross-fades the field to its new arrangement. */
  arrangement: string;
  onOpen: (seat: SeatId) => void;
}

export function TileField({ people, you, pinned, className, style, places, arrangement, onOpen }: Props) {
  const { t } = useLingui();
  const list = useRef<HTMLUListElement>(null);
  const [stop, setStop] = useState<SeatId | null>(null);
  const names = shortNames(people);
  const stopAt = Math.max(
    0,
    people.findIndex((person) => person.seat_id === stop),
  );
  useFade(list, arrangement);

  const move = useCallback((event: KeyboardEvent) => {
    const buttons = buttonsIn(list.current);
    const from = buttons.indexOf(event.currentTarget as HTMLElement);
    const to = arrowTo(
      event.key,
      from,
      buttons.map((button) => button.getBoundingClientRect()),
    );
    if (to === null) return;
    event.preventDefault();
    buttons[to]?.focus();
  }, []);

  return (
    <ul ref={list} className={className} style={style} aria-label={t`People in the room`}>
      {people.map((person, index) => (
        <Tile
          key={person.seat_id}
          person={person}
          shortName={names.get(person.seat_id) ?? person.name}
          isYou={person.seat_id === you}
          pinned={person.seat_id === pinned}
          tabStop={index === stopAt}
          style={places?.[index]}
          onOpen={onOpen}
          onFocus={setStop}
          onMove={move}
        />
      ))}
    </ul>
  );
}

function buttonsIn(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>(".lr-tile-press") ?? [])];
}

/** Tiles do not fly: the whole field fades to its new arrangement. */
function useFade(list: React.RefObject<HTMLElement | null>, arrangement: string): void {
  const before = useRef(arrangement);
  useLayoutEffect(() => {
    if (before.current === arrangement) return;
    before.current = arrangement;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    list.current?.animate([{ opacity: 0.25 }, { opacity: 1 }], {
      duration: 200,
      easing: "ease-out",
    });
  }, [list, arrangement]);
}
