/** What the dialogs of the list share: a form with its buttons, and the choice of a thing, of a place and of a colour. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { RoomDialog } from "../../components/room-dialog";
import { type Colour, COLOUR_WORDS } from "./colours";
import { headline, kindWords } from "./describe";
import { NEEDS_OTHER, type Relation } from "./move";
import type { Thing } from "./things";
import type { Things } from "./all-things";

interface FormProps {
  title: ReactNode;
  done: ReactNode;
  children: ReactNode;
  /** Cancel, where what was done in it already stays. */
  leave?: ReactNode;
  problem?: string | null;
  onSubmit: () => void;
  onClose: () => void;
}

export function FormDialog({ title, done, children, leave, problem = null, onSubmit, onClose }: FormProps) {
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <RoomDialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <button type="submit" form={id} className="lr-choice bl-main">
            {done}
          </button>
          <button type="button" className="lr-choice" onClick={onClose}>
            {leave ?? <Trans>Cancel</Trans>}
          </button>
        </>
      }
    >
      <form id={id} className="bl-form" onSubmit={submit}>
        {children}
        <p className="bl-problem" role="alert">
          {problem}
        </p>
      </form>
    </RoomDialog>
  );
}

/** Takes the focus after the dialog has given it to its heading. */
export function useFirst<T extends HTMLElement>() {
  const first = useRef<T>(null);
  useEffect(() => {
    const timer = setTimeout(() => first.current?.focus());
    return () => clearTimeout(timer);
  }, []);
  return first;
}

interface ChoiceProps<T extends string> {
  label: ReactNode;
  value: T;
  choices: (readonly [T, string])[];
  onChange: (value: T) => void;
}

export function Choice<T extends string>({ label, value, choices, onChange }: ChoiceProps<T>) {
  return (
    <label className="bl-field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value as T)}>
        {choices.map(([id, word]) => (
          <option key={id} value={id}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ThingChoiceProps {
  label: ReactNode;
  value: string;
  of: Thing[];
  things: Things;
  onChange: (id: string) => void;
}

export function ThingChoice({ label, value, of, things, onChange }: ThingChoiceProps) {
  const { t } = useLingui();
  const word = (thing: Thing) => {
    const [name, kind] = [headline(thing, things.find), kindWords(thing)];
    return name === kind ? name : t`${name} (${kind})`;
  };
  return (
    <Choice {...{ label, value, onChange }} choices={of.map((thing) => [thing.id, word(thing)] as const)} />
  );
}

export function useRelations(): (readonly [Relation, string])[] {
  const { t } = useLingui();
  return [
    ["right", t`To the right of`],
    ["left", t`To the left of`],
    ["above", t`Above`],
    ["below", t`Below`],
    ["inside", t`On top of, or inside`],
    ["middle", t`In the middle of the board`],
    ["top-left", t`In the upper left corner`],
    ["top-right", t`In the upper right corner`],
    ["bottom-left", t`In the lower left corner`],
    ["bottom-right", t`In the lower right corner`],
  ];
}

/** Without other things there is only the board to stand on. */
export function possible(relations: (readonly [Relation, string])[], others: Thing[]) {
  return relations.filter(([relation]) => others.length > 0 || !NEEDS_OTHER.has(relation));
}

export function useColourChoices(colours: [Colour, string][]): (readonly [string, string])[] {
  const { i18n } = useLingui();
  return colours.map(([name, hex]) => {
    const word = i18n._(COLOUR_WORDS[name]);
    return [hex, word.charAt(0).toLocaleUpperCase() + word.slice(1)] as const;
  });
}
