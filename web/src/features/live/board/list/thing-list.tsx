/** The things one below the other: one stop of the Tab key, arrow keys inside, Enter shows what can be done. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import {
  ArrowUpRight,
  Circle,
  Diamond,
  Image,
  type LucideIcon,
  Minus,
  Pencil,
  Square,
  StickyNote,
  Type,
} from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import type { Board } from "../objects";
import type { Opened } from "./board-dialogs";
import { byline, headline, placeWords, pointsAt } from "./describe";
import { ThingActions } from "./thing-actions";
import type { Thing, ThingKind } from "./things";
import type { Acts } from "./use-acts";
import { useKeptPlace } from "./use-kept-place";
import type { Things } from "./all-things";

const ICONS: Record<ThingKind, LucideIcon> = {
  note: StickyNote,
  title: Type,
  text: Type,
  rectangle: Square,
  circle: Circle,
  diamond: Diamond,
  line: Minus,
  arrow: ArrowUpRight,
  drawing: Pencil,
  picture: Image,
  background: Image,
};
/** More come when they are asked for. */
const AT_ONCE = 200;

export interface ListProps {
  things: Things;
  shown: Thing[];
  selected: string | null;
  mayDraw: boolean;
  board: Board;
  acts: Acts;
  say: (text: string) => void;
  onSelect: (id: string | null) => void;
  onOpen: (dialog: Opened) => void;
}

export function ThingList(props: ListProps) {
  const { things, shown, selected, mayDraw, acts, onSelect, onOpen } = props;
  const { t } = useLingui();
  const list = useRef<HTMLUListElement>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [most, setMost] = useState(AT_ONCE);
  const kept = useKeptPlace(list, shown, things, props.say);
  const rows = shown.slice(0, most);
  const stop = [kept.at, selected, rows[0]?.id].find((id) => rows.some((thing) => thing.id === id));
  const choose = (thing: Thing) => {
    onSelect(thing.id);
    setOpen(open === thing.id ? null : thing.id);
  };
  const press = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches(".bl-item")) return;
    const at = rows.findIndex(({ id }) => id === kept.at);
    const thing = rows[at];
    const to = nextRow(event.key, at, rows.length);
    if (to !== null) {
      const next = rows[to];
      if (next) onSelect(next.id);
      list.current?.querySelectorAll<HTMLElement>(".bl-item")[to]?.focus();
    } else if (!thing || !mayDraw) return;
    else if (event.key === "Delete" || event.key === "Backspace") acts.remove(thing);
    else if (event.key === "F2") onOpen({ what: "words", id: thing.id });
    else return;
    event.preventDefault();
  };
  return (
    <>
      {/* The keys work on the buttons in it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul
        ref={list}
        className="bl-list"
        aria-label={t`On the board`}
        onKeyDown={press}
        onFocus={kept.onFocus}
        onBlur={kept.onBlur}
      >
        {rows.map((thing) => (
          <li key={thing.id} data-thing={thing.id}>
            <Row
              {...{ thing, things }}
              isOpen={open === thing.id}
              isSelected={selected === thing.id}
              isStop={stop === thing.id}
              onPress={() => choose(thing)}
            />
            {open === thing.id && <ThingActions {...props} thing={thing} />}
          </li>
        ))}
      </ul>
      {shown.length > most && (
        <button type="button" className="lr-choice" onClick={() => setMost(most + AT_ONCE)}>
          <Plural value={shown.length - most} one="Show # more" other="Show # more" />
        </button>
      )}
      {shown.length === 0 && things.all.length > 0 && (
        <p className="bl-intro">
          <Trans>Nothing on the board has these words. Try fewer letters.</Trans>
        </p>
      )}
    </>
  );
}

function nextRow(key: string, at: number, count: number): number | null {
  if (key === "ArrowDown") return Math.min(at + 1, count - 1);
  if (key === "ArrowUp") return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

interface RowProps {
  thing: Thing;
  things: Things;
  isOpen: boolean;
  isSelected: boolean;
  isStop: boolean;
  onPress: () => void;
}

function Row({ thing, things, isOpen, isSelected, isStop, onPress }: RowProps) {
  const { t } = useLingui();
  const Icon = ICONS[thing.kind];
  const who = byline(thing, things.nameOf);
  const points = pointsAt(thing, things.all, things.find);
  const place = placeWords(things.placeOf(thing.id), things.find);
  return (
    <button
      type="button"
      className="bl-item"
      aria-expanded={isOpen}
      aria-current={isSelected}
      tabIndex={isStop ? 0 : -1}
      onClick={onPress}
    >
      <Icon className="lr-icon" aria-hidden="true" />
      <span className="bl-words">
        <b dir="auto">{headline(thing, things.find)}</b>
        <span>
          {[t`${who}.`, points, thing.link ? t`Has a link.` : "", isSelected ? t`Selected.` : ""]
            .filter(Boolean)
            .join(" ")}
        </span>
        {place && <span>{place}</span>}
      </span>
    </button>
  );
}
