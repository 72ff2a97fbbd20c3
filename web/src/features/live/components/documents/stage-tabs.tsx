/** What the stage can show, as tabs: people or somebody's screen, the whiteboard, notes. */
import { useLingui } from "@lingui/react/macro";
import { ChevronDown, Monitor, NotebookPen, Presentation, Users } from "lucide-react";
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useRef, useState } from "react";
import type { DocumentView, Person, SeatId } from "../../engine/protocol";
import { mayDraw } from "../../engine/rules";
import { useRoom } from "../../hooks/use-room";
import type { Showing } from "../../hooks/use-showing";
import "./documents.css";

const DocumentsDialog = lazy(() => import("./documents-dialog"));

interface Props {
  showing: Showing;
  sharers: Person[];
  /** Whose screen is on the stage; null: a document, or nobody's. */
  sharer: SeatId | null;
  onSharer: (seat: SeatId) => void;
}

interface Tab {
  id: string;
  icon: ReactNode;
  word: string;
  on: boolean;
  press: () => void;
}

/** The part of the stage that a tab opens. */
export const STAGE_PANEL = "lr-stage-panel";

export function StageTabs(props: Props) {
  const { t } = useLingui();
  const list = useRef<HTMLDivElement>(null);
  const tabs = useStageTabs(props);
  const { document } = props.showing;
  const stop = tabs.findIndex((tab) => tab.on);
  const move = (event: KeyboardEvent) => {
    const all = [...(list.current?.children ?? [])] as HTMLElement[];
    const at = all.indexOf(event.target as HTMLElement);
    const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to =
      event.key === "Home"
        ? 0
        : event.key === "End"
          ? all.length - 1
          : step && at + (event.key === forward ? 1 : -1);
    if (to === undefined) return;
    event.preventDefault();
    // What a tab opens may have to be loaded: the arrows go there, a press opens.
    all.at(to % all.length)?.focus();
  };
  return (
    <>
      <div ref={list} className="lr-stage-tabs" role="tablist" aria-label={t`On the stage`}>
        {tabs.map((tab, index) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            className="lr-share-tab"
            aria-selected={tab.on}
            aria-controls={tab.on ? STAGE_PANEL : undefined}
            tabIndex={index === Math.max(stop, 0) ? 0 : -1}
            onClick={tab.press}
            onKeyDown={move}
          >
            {tab.icon}
            {tab.word}
          </button>
        ))}
      </div>
      {document && <DocumentsButton document={document} showing={props.showing} />}
    </>
  );
}

function useStageTabs({ showing, sharers, sharer, onSharer }: Props): Tab[] {
  const { t } = useLingui();
  const kinds = useRoom((state) => state.documents);
  const draws = useRoom(mayDraw);
  const { document } = showing;
  const screens = sharers.map((person): Tab => {
    const name = person.name.split(/\s+/)[0] ?? person.name;
    return {
      id: person.seat_id,
      icon: <Monitor className="lr-icon" />,
      word: t`${name}’s screen`,
      on: person.seat_id === sharer,
      press: () => {
        onSharer(person.seat_id);
        showing.choose({ on: "screen" });
      },
    };
  });
  const people: Tab = {
    id: "people",
    icon: <Users className="lr-icon" />,
    word: t`People`,
    on: document === null && sharer === null,
    press: () => showing.choose({ on: "screen" }),
  };
  const kind = (of: DocumentView["kind"], icon: ReactNode, word: string): Tab[] => {
    const there = draws || kinds.some((one) => one.kind === of);
    if (!there) return [];
    return [{ id: of, icon, word, on: document?.kind === of, press: () => void showing.open(of) }];
  };
  return [
    ...(screens.length > 0 ? screens : [people]),
    ...kind("board", <Presentation className="lr-icon" />, t`Whiteboard`),
    ...kind("notes", <NotebookPen className="lr-icon" />, t`Notes`),
  ];
}

/** Which one it is, and what can be done with it. */
function DocumentsButton({ document, showing }: { document: DocumentView; showing: Showing }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const host = useRoom((state) => state.you?.host ?? false);
  const draws = useRoom(mayDraw);
  const several = useRoom((state) => state.documents.filter(({ kind }) => kind === document.kind).length > 1);
  const isShown = useRoom((state) => state.desk.shown === document.id);
  if (!host && !several && !draws) return null;
  return (
    <>
      <button
        type="button"
        className="lr-quiet lr-documents"
        aria-haspopup="dialog"
        aria-label={document.kind === "board" ? t`Boards: ${document.title}` : t`Notes: ${document.title}`}
        onClick={() => setOpen(true)}
      >
        <span className="lr-documents-title">{document.title}</span>
        <ChevronDown className="lr-icon" aria-hidden="true" />
        {isShown && <span className="lr-documents-shown">{t`Shown to everyone`}</span>}
      </button>
      {open && (
        <Suspense>
          <DocumentsDialog document={document} showing={showing} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
