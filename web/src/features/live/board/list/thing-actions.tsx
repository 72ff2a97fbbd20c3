/** What can be done with a thing: a button for each, in the place where the thing is. */
import { useLingui } from "@lingui/react/macro";
import {
  ArrowDownToLine,
  ArrowUpToLine,
  Copy,
  ExternalLink,
  Link,
  type LucideIcon,
  Move,
  Palette,
  Pencil,
  Text,
  Trash2,
  ZoomIn,
  ZoomOut,
} from "lucide-react";
import { useEffect, useRef } from "react";
import { copied, hasDescription, hasWords, isPicture, resized, toBack, toFront } from "./change";
import { mention } from "./describe";
import type { ListProps } from "./thing-list";
import type { Thing } from "./things";

const STEP = 1.25;

export function ThingActions(props: ListProps & { thing: Thing }) {
  const { thing, mayDraw } = props;
  const { t } = useLingui();
  const what = mention(thing);
  const group = useRef<HTMLDivElement>(null);
  // What opened is not left below the edge. Not in every page that runs tests.
  useEffect(() => {
    group.current?.scrollIntoView?.({ block: "nearest" });
  }, []);
  return (
    <div ref={group} className="bl-actions" role="group" aria-label={t`What to do with ${what}`}>
      {thing.text.length > 80 && (
        <p className="bl-whole" dir="auto">
          {thing.text}
        </p>
      )}
      {thing.link && (
        <a className="bl-action" href={thing.link} target="_blank" rel="noopener noreferrer">
          <ExternalLink className="lr-icon" aria-hidden="true" />
          <span>{t`Open the link`}</span>
          <span className="bl-address">{thing.link}</span>
        </a>
      )}
      {mayDraw && <Changes {...props} />}
    </div>
  );
}

function Changes({ thing, things, board, acts, onOpen }: ListProps & { thing: Thing }) {
  const { t } = useLingui();
  const what = mention(thing);
  const elements = () => board.elements();
  const open = (dialog: "words" | "colour" | "link" | "move") => () => onOpen({ what: dialog, id: thing.id });
  const size = (by: number, said: string) => () => acts.write(resized(elements(), thing, by), said);
  const duplicate = () =>
    acts.write(copied(elements(), things.all, thing), t`Made another of ${what}, to the right of it.`);
  return (
    <>
      {(hasWords(thing) || hasDescription(thing)) && (
        <Action
          icon={hasDescription(thing) ? Text : Pencil}
          word={hasDescription(thing) ? t`Description` : t`Edit text`}
          keys="F2"
          onPress={open("words")}
        />
      )}
      <Action icon={Move} word={t`Move`} onPress={open("move")} />
      {!isPicture(thing) && <Action icon={Palette} word={t`Colour`} onPress={open("colour")} />}
      <Action icon={Link} word={thing.link ? t`Change link` : t`Add link`} onPress={open("link")} />
      <Action icon={ZoomIn} word={t`Bigger`} onPress={size(STEP, t`${what} is bigger.`)} />
      <Action icon={ZoomOut} word={t`Smaller`} onPress={size(1 / STEP, t`${what} is smaller.`)} />
      <Action
        icon={ArrowUpToLine}
        word={t`Bring to front`}
        onPress={() => acts.write(toFront(elements(), thing), t`${what} is in front of everything.`)}
      />
      <Action
        icon={ArrowDownToLine}
        word={t`Send to back`}
        onPress={() => acts.write(toBack(elements(), thing), t`${what} is behind everything.`)}
      />
      <Action icon={Copy} word={t`Duplicate`} onPress={duplicate} />
      <Action icon={Trash2} word={t`Delete`} keys="Delete" danger onPress={() => acts.remove(thing)} />
    </>
  );
}

interface ActionProps {
  icon: LucideIcon;
  word: string;
  keys?: string;
  danger?: boolean;
  onPress: () => void;
}

function Action({ icon: Icon, word, keys, danger = false, onPress }: ActionProps) {
  return (
    <button
      type="button"
      className="bl-action"
      data-danger={danger}
      aria-keyshortcuts={keys}
      onClick={onPress}
    >
      <Icon className="lr-icon" aria-hidden="true" />
      <span>{word}</span>
    </button>
  );
}
