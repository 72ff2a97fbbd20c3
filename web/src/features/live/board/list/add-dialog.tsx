/** A new thing, with its words, its colour and its place. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { BoardElement } from "../objects";
import { LONGEST_TEXT } from "../properties";
import type { DialogProps } from "./board-dialogs";
import { GROUNDS, INKS } from "./colours";
import { mention, sideWords } from "./describe";
import {
  Choice,
  FormDialog,
  possible,
  ThingChoice,
  useColourChoices,
  useFirst,
  useRelations,
} from "./dialog-parts";
import { freePlace, joined, newThing, type NewKind, shifted, topIndex } from "./make";
import { NEEDS_OTHER, type Relation, target } from "./move";
import type { Side } from "./places";
import { joins, type Thing, thingsOf } from "./things";

type Where = Relation | "free";

function useAdd({ things, board, acts, onSelect, onClose }: DialogProps) {
  const { t } = useLingui();
  const ends = things.all.filter((thing) => !joins(thing));
  const [kind, setKind] = useState<NewKind>("note");
  const [words, setWords] = useState("");
  const [colour, setColour] = useState("");
  const [where, setWhere] = useState<Where>("free");
  const [other, setOther] = useState(ends.at(-1)?.id ?? "");
  const [to, setTo] = useState(ends[0]?.id ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const isLine = kind === "arrow" || kind === "line";
  const colours = isLine || kind === "text" ? INKS : GROUNDS;
  const hex = colours.find(([, one]) => one === colour)?.[1] ?? colours[0]?.[1] ?? "";
  const done = (made: BoardElement[], said: string) => {
    acts.write(made, said);
    onSelect(made[0]?.id ?? null);
    onClose();
  };
  const add = () => {
    const index = topIndex(board.elements());
    const [from, end] = [things.find(other), things.find(to)];
    if (isLine) {
      const [a, b] = [from?.parts[0], end?.parts[0]];
      if (!a || !b || a === b) return setProblem(t`Choose two different things.`);
      return done(joined(kind, a, b, hex, index), t`Added, from ${mention(from)} to ${mention(end)}.`);
    }
    if (kind === "text" && !words.trim()) return setProblem(t`Write the text first.`);
    const made = newThing(kind, words.trim(), hex, index);
    const [thing] = thingsOf(made, () => null);
    if (!thing) return;
    const box = where === "free" ? null : target([...things.all, thing], thing, where, from);
    const what = mention(thing);
    const beside = NEEDS_OTHER.has(where as Relation) ? sideWords(where as Side, mention(from)) : "";
    done(
      shifted(made, box ?? freePlace(things.all, thing.box)),
      beside ? t`Added ${what} ${beside}.` : t`Added ${what}.`,
    );
  };
  return {
    ends,
    kind,
    setKind,
    words,
    setWords,
    hex,
    setColour,
    where,
    setWhere,
    other,
    setOther,
    to,
    setTo,
    problem,
    isLine,
    colours,
    add,
  };
}

export function AddDialog(props: DialogProps) {
  const { t } = useLingui();
  const form = useAdd(props);
  const { ends, isLine } = form;
  const first = useFirst<HTMLTextAreaElement>();
  const colours = useColourChoices(form.colours);
  return (
    <FormDialog
      title={<Trans>Add to the board</Trans>}
      done={<Trans>Add</Trans>}
      problem={form.problem}
      onSubmit={form.add}
      onClose={props.onClose}
    >
      <Choice label={t`What`} value={form.kind} choices={useKinds(ends)} onChange={form.setKind} />
      {!isLine && (
        <label className="bl-field">
          <span>{t`Text`}</span>
          <textarea
            ref={first}
            rows={3}
            dir="auto"
            maxLength={LONGEST_TEXT}
            value={form.words}
            onChange={(event) => form.setWords(event.target.value)}
          />
        </label>
      )}
      <Choice label={t`Colour`} value={form.hex} choices={colours} onChange={form.setColour} />
      {isLine ? <Ends form={form} {...props} /> : <Where form={form} {...props} />}
    </FormDialog>
  );
}

function useKinds(ends: Thing[]): (readonly [NewKind, string])[] {
  const { t } = useLingui();
  const kinds: [NewKind, string][] = [
    ["note", t`Note`],
    ["text", t`Text`],
    ["rectangle", t`Rectangle`],
    ["ellipse", t`Circle`],
    ["diamond", t`Diamond`],
  ];
  if (ends.length > 1)
    kinds.push(["arrow", t`Arrow between two things`], ["line", t`Line between two things`]);
  return kinds;
}

type PartProps = DialogProps & { form: ReturnType<typeof useAdd> };

function Ends({ form, things }: PartProps) {
  const { t } = useLingui();
  return (
    <>
      <ThingChoice
        label={t`From`}
        value={form.other}
        of={form.ends}
        things={things}
        onChange={form.setOther}
      />
      <ThingChoice label={t`To`} value={form.to} of={form.ends} things={things} onChange={form.setTo} />
    </>
  );
}

function Where({ form, things }: PartProps) {
  const { t } = useLingui();
  const relations = possible(useRelations(), form.ends);
  return (
    <>
      <Choice<Where>
        label={t`Where`}
        value={form.where}
        choices={[["free", t`In the next free place`], ...relations]}
        onChange={form.setWhere}
      />
      {NEEDS_OTHER.has(form.where as Relation) && (
        <ThingChoice
          label={t`Of what`}
          value={form.other}
          of={form.ends}
          things={things}
          onChange={form.setOther}
        />
      )}
    </>
  );
}
