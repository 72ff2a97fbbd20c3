/** What the large place shows, and the ways to it: the tabs of the stage, the controls, a shortcut. */
import { useLingui } from "@lingui/react/macro";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { DocumentView } from "../engine/protocol";
import { mayDraw } from "../engine/rules";
import { type Choice, follow, type Looked, onStageNow } from "../layout/showing";
import { sharers } from "../layout/cast";
import { useEngine, useRoom } from "./use-room";

export interface Showing {
  /** The board or the notes on the stage. */
  document: DocumentView | null;
  /** A document was opened in this visit: the tabs stay, so that the way back to it does. */
  touched: boolean;
  choose: (choice: Choice) => void;
  /** Opens the board or the notes that were open last, or the first; makes them where the room has none. */
  open: (kind: DocumentView["kind"]) => Promise<void>;
  /** One more board. */
  add: (title: string) => Promise<void>;
}

const START: Looked = { choice: null, before: null, sharing: false, shown: null };

export function useShowing(): Showing {
  const sharing = useRoom((state) => sharers(state).length > 0);
  const shown = useRoom((state) => state.desk.shown);
  const documents = useRoom((state) => state.documents);
  const [kept, setLooked] = useState(START);
  const looked = kept.sharing === sharing && kept.shown === shown ? kept : follow(kept, { sharing, shown });
  if (looked !== kept) setLooked(looked);
  const document = onStageNow(looked, documents);
  const [touched, touch] = useState(false);
  if (document && !touched) touch(true);
  const choose = useCallback((choice: Choice) => setLooked((now) => ({ ...now, choice })), []);
  const lately = useRef<Lately>({});
  useEffect(() => {
    if (document) lately.current = { ...lately.current, [document.kind]: document.id };
  }, [document]);
  const { open, add } = useWays(choose, lately);
  return useMemo(() => ({ document, touched, choose, open, add }), [document, touched, choose, open, add]);
}

/** Which of each kind was looked at last. */
type Lately = Partial<Record<DocumentView["kind"], string>>;

function useWays(choose: (choice: Choice) => void, lately: RefObject<Lately>) {
  const { t } = useLingui();
  const engine = useEngine();
  const make = useCallback(
    async (kind: DocumentView["kind"], title: string, first: boolean) => {
      try {
        const { id } = await engine.documents.make(kind, title, first);
        choose({ on: "document", id });
      } catch (error) {
        engine.failed(error);
      }
    },
    [choose, engine],
  );
  const open = useCallback(
    async (kind: DocumentView["kind"]) => {
      const state = engine.store.getState();
      const all = state.documents.filter((document) => document.kind === kind);
      const known = all.find(({ id }) => id === lately.current[kind]) ?? all[0];
      if (known) choose({ on: "document", id: known.id });
      else if (mayDraw(state)) await make(kind, kind === "board" ? t`Whiteboard` : t`Notes`, true);
      else engine.noneYet(kind);
    },
    [choose, engine, lately, make, t],
  );
  const add = useCallback((title: string) => make("board", title, false), [make]);
  return { open, add };
}
