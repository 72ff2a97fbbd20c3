/** Moving by words: beside another thing, to a part of the board, or a little at a time. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, type LucideIcon } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import type { ThingDialogProps } from "./board-dialogs";
import { toFront } from "./change";
import { mention, sideWords } from "./describe";
import { Choice, FormDialog, possible, ThingChoice, useRelations } from "./dialog-parts";
import { movedBy, NEEDS_OTHER, type Relation, target } from "./move";
import type { Side } from "./places";
import { joins } from "./things";

const STEP = 20;
const LARGE_STEP = 100;

export function MoveDialog(props: ThingDialogProps) {
  const { thing, things, board, acts, onSelect, onClose } = props;
  const { t } = useLingui();
  const others = things.all.filter((one) => one !== thing && !joins(one));
  const relations = possible(useRelations(), others);
  const [relation, setRelation] = useState<Relation>(relations[0]?.[0] ?? "middle");
  const [otherId, setOther] = useState(things.placeOf(thing.id)?.beside?.id ?? others[0]?.id ?? "");
  // Somebody may have deleted the other one in the meantime.
  const other = others.find(({ id }) => id === otherId) ?? others[0];
  const what = mention(thing);
  const move = () => {
    const to = target(things.all, thing, relation, other);
    if (!to) return;
    const moved = movedBy(board.elements(), thing, to.x - thing.box.x, to.y - thing.box.y);
    const lifted = relation === "inside" ? toFront(board.elements(), thing) : [];
    const index = new Map(lifted.map((part) => [part.id, part.index]));
    const where = NEEDS_OTHER.has(relation)
      ? sideWords(relation as Side, mention(other))
      : (relations.find(([one]) => one === relation)?.[1] ?? "").toLocaleLowerCase();
    acts.write(
      moved.map((part) => (index.has(part.id) ? { ...part, index: index.get(part.id) } : part)),
      t`Moved ${what} ${where}.`,
    );
    onSelect(thing.id);
    onClose();
  };
  return (
    <FormDialog
      title={<Trans>Move {what}</Trans>}
      done={<Trans>Move</Trans>}
      leave={<Trans>Close</Trans>}
      onSubmit={move}
      onClose={onClose}
    >
      <Choice label={t`Where to`} value={relation} choices={relations} onChange={setRelation} />
      {NEEDS_OTHER.has(relation) && other && (
        <ThingChoice label={t`Of what`} value={other.id} of={others} things={things} onChange={setOther} />
      )}
      <Nudges {...props} />
    </FormDialog>
  );
}

type Way = readonly [key: string, word: string, dx: number, dy: number, icon: LucideIcon];

function Nudges({ thing, board, acts }: ThingDialogProps) {
  const { t } = useLingui();
  const [said, setSaid] = useState("");
  const ways: Way[] = [
    ["ArrowLeft", t`A little left`, -1, 0, ArrowLeft],
    ["ArrowRight", t`A little right`, 1, 0, ArrowRight],
    ["ArrowUp", t`A little up`, 0, -1, ArrowUp],
    ["ArrowDown", t`A little down`, 0, 1, ArrowDown],
  ];
  const what = mention(thing);
  const nudge = ([, word, dx, dy]: Way, step: number) => {
    const words = word.toLocaleLowerCase();
    const text = t`Moved ${what} ${words}.`;
    acts.write(movedBy(board.elements(), thing, dx * step, dy * step), text);
    // Behind an open dialog nothing is heard.
    setSaid((before) => (before === text ? `${text}\u00a0` : text));
  };
  const press = (event: KeyboardEvent) => {
    const way = ways.find(([key]) => key === event.key);
    if (!way) return;
    event.preventDefault();
    nudge(way, event.shiftKey ? LARGE_STEP : STEP);
  };
  return (
    // The arrow keys do what the four buttons do.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset className="bl-nudges" onKeyDown={press}>
      <legend>
        <Trans>Or a little, here with the arrow keys too</Trans>
      </legend>
      {ways.map((way) => {
        const [key, word, , , Icon] = way;
        return (
          <button key={key} type="button" className="bl-action" onClick={() => nudge(way, STEP)}>
            <Icon className="lr-icon" aria-hidden="true" />
            <span>{word}</span>
          </button>
        );
      })}
      <p className="bl-said" role="status">
        {said}
      </p>
    </fieldset>
  );
}
