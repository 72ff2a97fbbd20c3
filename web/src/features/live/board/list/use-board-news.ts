/** What others do on the board, as one sentence at a time and never more than one in three seconds. */
import { plural, t } from "@lingui/core/macro";
import { useEffect, useRef } from "react";
import type { SharedDocument } from "../../engine/shared-document";
import type { Board } from "../objects";
import { kindWords, mention } from "./describe";
import type { Thing } from "./things";
import type { Things } from "./all-things";

const BETWEEN = 3000;

interface Props {
  shared: SharedDocument;
  board: Board;
  things: Things;
  on: boolean;
  say: (text: string) => void;
}

export function useBoardNews({ shared, board, things, on, say }: Props): void {
  const now = useRef({ things, say });
  useEffect(() => {
    now.current = { things, say };
  });
  useEffect(() => {
    if (!on) return;
    const heard = new Set<string>();
    let told = now.current.things;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const text = newsOf(heard, told, now.current.things);
      heard.clear();
      told = now.current.things;
      if (text) now.current.say(text);
    };
    const stop = board.observe((ids, mine) => {
      const own = mine || board.undo.undoing || board.undo.redoing;
      // What stands on a board when it opens is no news.
      if (own || shared.store.getState().phase !== "open") return;
      if (!timer) told = now.current.things;
      ids.forEach((id) => heard.add(id));
      timer ??= setTimeout(tell, BETWEEN);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [shared, board, on]);
}

export function newsOf(ids: ReadonlySet<string>, before: Things, after: Things): string {
  const touched = ({ parts }: Thing) => parts.some(({ id }) => ids.has(id));
  const added = after.all.filter((thing) => touched(thing) && !before.find(thing.id));
  // Of a drawing that goes on, its beginning was told.
  const changed = after.all.filter((one) => touched(one) && before.find(one.id) && one.kind !== "drawing");
  const gone = before.all.filter((thing) => touched(thing) && !after.find(thing.id));
  const count = added.length + changed.length + gone.length;
  if (count > 1) return plural(count, { one: "# change on the board.", other: "# changes on the board." });
  if (added[0]) return addedWords(added[0], after);
  if (changed[0]) {
    const what = mention(changed[0]);
    return t`Changed by somebody: ${what}.`;
  }
  const what = mention(gone[0]);
  return gone[0] ? t`Deleted by somebody: ${what}.` : "";
}

function addedWords(thing: Thing, { nameOf }: Things): string {
  const [kind, text] = [kindWords(thing), thing.text ? mention(thing) : ""];
  const name = nameOf(thing.author)?.name;
  if (name) return text ? t`${name} added: ${kind} ${text}.` : t`${name} added: ${kind}.`;
  return text ? t`Added: ${kind} ${text}.` : t`Added: ${kind}.`;
}
