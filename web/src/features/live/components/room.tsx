/** The room itself: header, stage, panel, controls, and the few things only the screen knows (view, panel, dialogs). */
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { SeatId } from "../engine/protocol";
import { useHeldTalk } from "../hooks/use-held-talk";
import { useMutedTalk } from "../hooks/use-muted-talk";
import { usePanel } from "../hooks/use-panel";
import { usePip } from "../hooks/use-pip";
import { useEngine, useRoom } from "../hooks/use-room";
import { useShowing } from "../hooks/use-showing";
import { type Shortcut, useRegionKeys, useShortcuts } from "../hooks/use-shortcuts";
import { rootFontSize, shapeFor, useSize } from "../hooks/use-size";
import { useView, useViewFocus } from "../hooks/use-view";
import type { View } from "../layout/cast";
import { toggleCaptions } from "./captions/caption-control";
import { CaptionSettings } from "./captions/caption-settings";
import { useSpeech } from "./captions/use-speech";
import { ControlBar } from "./control-bar";
import { EndDialog, LeaveDialog } from "./decisions";
import { DevicesDialog } from "./devices-dialog";
import { useDocumentControls } from "./documents/document-controls";
import { RulesDialog } from "./hosting/rules-dialog";
import { LiveRegions } from "./live-regions";
import { Panel } from "./panel";
import { PersonDialog } from "./person-dialog";
import { RoomHeader } from "./room-header";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { Stage } from "./stage";
import { raiseOrLower } from "./leading/hands";
import { type TabId, useTabs } from "./tabs";
import "./room.css";
import "./stage.css";
import "./panel.css";
import "./hosting/hosting.css";
import "./shapes.css";

/** Few open it, and the room is there sooner without it. */
const PipPicture = lazy(() => import("./pip"));

// Nobody is refused anything before they have come: the room is not larger for it.
void import("../problems");

export interface RoomProps {
  /** Who leads the session, by name. */
  lead: string | null;
  endForEveryone: () => Promise<unknown>;
}

type Asking =
  | { about: "end" }
  | { about: "leave" }
  | { about: "rules" }
  | { about: "shortcuts" }
  | { about: "devices" }
  | { about: "captions" }
  | { about: "person"; seat: SeatId };

export function Room({ lead, endForEveryone }: RoomProps) {
  const engine = useEngine();
  const phase = useRoom((state) => state.phase);
  const isHost = useRoom((state) => state.you?.host ?? false);
  const [root, size] = useSize<HTMLDivElement>();
  const shape = shapeFor(size, rootFontSize());
  const showing = useShowing();
  const { view, sharing, change } = useView(shape, showing.document?.id);
  const [pinned, setPinned] = useState<SeatId | null>(null);
  const [asking, ask] = useState<Asking | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  // Three words need their room; where it is short they are under More.
  const viewsInHeader = shape !== "phone" && size.width / rootFontSize() >= 36;
  const tabs = useTabs();
  const pip = usePip();
  const panel = usePanel(root, size.width > 0 && shape === "desk" && isHost ? "people" : null);
  const showKeys = useCallback(() => ask({ about: "shortcuts" }), []);
  const showCaptionSettings = useCallback(() => ask({ about: "captions" }), []);
  useRegionKeys(root);
  useHeldTalk();
  useSpeech();
  useMutedTalk(useCallback(() => engine.noticeTalking(), [engine]));
  useEffect(() => title.current?.focus({ preventScroll: true }), []);

  const calm = view === "calm";
  const closePanel = panel.close;
  const changeView = useCallback(
    (next: View) => {
      setPinned(null);
      if (next === "calm") closePanel();
      change(next);
    },
    [change, closePanel],
  );
  const hasPanel = panel.open !== null;
  const side = useMemo(
    () => ({ isOpen: hasPanel, close: closePanel, place: () => root.current }),
    [hasPanel, closePanel, root],
  );
  // The calm view has no panel: who goes to a tab from there goes back to the others.
  const showTab = panel.show;
  const openTab = useCallback(
    (id: TabId) => {
      if (calm) changeView(sharing || shape === "phone" ? "speaker" : "everyone");
      showTab(id);
    },
    [calm, changeView, sharing, shape, showTab],
  );
  const documents = useDocumentControls(showing, view, changeView);
  useRoomShortcuts(panel.toggle, documents.toggleBoard, showKeys);
  useViewFocus(root, view);
  const open = useCallback((seat: SeatId) => ask({ about: "person", seat }), []);
  const leave = () => void engine.leave();
  const mayEnd = useRoom((state) => state.you?.role === "staff");
  // Elsewhere "End for everyone" stands beside Leave; on a phone it would be under More.
  const asks = mayEnd && (shape === "phone" || shape === "landscape");
  const leaveOrAsk = asks ? () => ask({ about: "leave" }) : leave;

  return (
    <div
      ref={root}
      className="lr-room"
      data-theme="dark"
      data-phase={phase}
      data-shape={shape}
      data-panel={panel.open !== null && !calm}
      data-view={view}
    >
      <RoomHeader
        title={title}
        lead={lead}
        shape={shape}
        withViews={viewsInHeader}
        view={view}
        sharing={sharing && !showing.document}
        onView={changeView}
        onLeave={leaveOrAsk}
      />
      <Stage
        view={view}
        shape={shape}
        pinned={pinned}
        showing={showing}
        side={side}
        onOpen={open}
        onView={changeView}
        onTab={openTab}
        onCaptions={showCaptionSettings}
      />
      {panel.open && !calm && (
        <Panel
          tabs={tabs}
          open={panel.open}
          takeFocus={panel.pressed}
          onTab={panel.show}
          onClose={panel.close}
          onOpenPerson={open}
        />
      )}
      {size.width > 0 && (
        <ControlBar
          shape={shape}
          width={size.width}
          withViews={!viewsInHeader}
          view={view}
          sharing={sharing && !showing.document}
          onView={changeView}
          documents={documents.controls}
          tabs={tabs}
          openTab={panel.open}
          onTab={panel.toggle}
          onLeave={leaveOrAsk}
          onEnd={() => ask({ about: "end" })}
          pip={pip}
          onDevices={() => ask({ about: "devices" })}
          onShortcuts={showKeys}
          onCaptions={showCaptionSettings}
          onRules={() => ask({ about: "rules" })}
        />
      )}
      {pip.open && (
        <Suspense>
          <PipPicture pip={pip} pinned={pinned} onLeave={leave} />
        </Suspense>
      )}
      <LiveRegions />
      {asking?.about === "leave" && (
        <LeaveDialog onLeave={leave} onEnd={() => ask({ about: "end" })} onClose={() => ask(null)} />
      )}
      {asking?.about === "end" && <EndDialog end={endForEveryone} onClose={() => ask(null)} />}
      {asking?.about === "rules" && isHost && <RulesDialog onClose={() => ask(null)} />}
      {asking?.about === "shortcuts" && <ShortcutsDialog onClose={() => ask(null)} />}
      {asking?.about === "captions" && <CaptionSettings onClose={() => ask(null)} />}
      {asking?.about === "devices" && <DevicesDialog onClose={() => ask(null)} />}
      {asking?.about === "person" && (
        <PersonDialog
          seat={asking.seat}
          pinned={pinned === asking.seat}
          onPin={setPinned}
          onClose={() => ask(null)}
        />
      )}
    </div>
  );
}

function useRoomShortcuts(
  toggleTab: (id: TabId) => void,
  toggleBoard: () => void,
  showList: () => void,
): void {
  const engine = useEngine();
  const act = useCallback(
    (shortcut: Shortcut) => {
      const { microphone, camera } = engine.store.getState();
      // A device that failed is tried again, as its button would.
      if (shortcut === "microphone") void engine.setMicrophone(!microphone.on || microphone.problem !== null);
      if (shortcut === "camera") void engine.setCamera(!camera.on || camera.problem !== null);
      if (shortcut === "hand") raiseOrLower(engine);
      if (shortcut === "chat") toggleTab("chat");
      if (shortcut === "people") toggleTab("people");
      if (shortcut === "captions") toggleCaptions();
      if (shortcut === "board") toggleBoard();
      if (shortcut === "list") showList();
    },
    [engine, toggleTab, toggleBoard, showList],
  );
  useShortcuts(act);
}
