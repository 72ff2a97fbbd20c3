/** The surface with everything around it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { List, Maximize, Minimize, Scan, ZoomIn, ZoomOut } from "lucide-react";
import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { CaptionStrip } from "../components/captions/caption-strip";
import { STAGE_PANEL } from "../components/documents/stage-tabs";
import type { DocumentView } from "../engine/protocol";
import type { SharedDocument } from "../engine/shared-document";
import { useFullScreen } from "../hooks/use-full-screen";
import type { Shape } from "../hooks/use-size";

import { Canvas } from "./canvas";
import { Condition } from "./condition";
import { Cursors } from "./cursors";
import { Files } from "./files";
import { HeadButton } from "./head-button";
import { History } from "./history";
import type { Drawing } from "./kinds";
import { addNote, addText, select } from "./make";
import { COLOURS, FIRST_NOTE } from "./palette";
import { Refuge } from "./refuge";
import { type Side, SideList, useSideList } from "./side-list";
import { StyleStrip } from "./style-strip";
import { OnlyHosts, type Tool, Toolbar } from "./toolbar";
import { useBinding, useBoard } from "./use-binding";
import { usePictures } from "./use-pictures";
import { fit, zoom } from "./view";

export interface BoardStageProps {
  document: DocumentView;
  tabs: ReactNode;
  shape: Shape;
  /** Absent where the room has no panel. */
  side?: Side | undefined;
  calm?: boolean;
}

interface Props extends BoardStageProps {
  shared: SharedDocument;
  whole: RefObject<HTMLDivElement | null>;
}

export function BoardScene({ document: about, tabs, side, calm = false, shared, whole }: Props) {
  const { t } = useLingui();
  const board = useBoard(shared);
  const bound = useBinding(shared, board);
  const { drawing, look, draws } = bound;
  const { frame, onScroll } = useDots();
  const [isFull, toggleFull] = useFullScreen(whole);
  const [paper, setPaper] = useState(COLOURS.find(({ id }) => id === FIRST_NOTE)?.paper ?? "#ffe08a");
  const list = useSideList(side);
  const pictures = usePictures(shared, board, drawing);
  const onPoint = usePointing(shared);
  const onTool = (tool: Tool) => drawing?.setActiveTool({ type: tool });
  const withTools = draws && drawing !== null && !calm;
  const chosen = useChosen(drawing, look.chosen);
  return (
    <>
      <div className="lr-share-head">
        {tabs}
        <span className="lr-grow" />
        {side && !isFull && (
          <HeadButton icon={<List className="lr-icon" />} pressed={list.open} onPress={list.toggle}>
            <Trans>Board as a list</Trans>
          </HeadButton>
        )}
        {drawing && <ZoomButtons drawing={drawing} />}
        <Files about={about} drawing={drawing} />
        {toggleFull && (
          <HeadButton
            icon={isFull ? <Minimize className="lr-icon" /> : <Maximize className="lr-icon" />}
            onPress={toggleFull}
          >
            {isFull ? <Trans>Leave full screen</Trans> : <Trans>Full screen</Trans>}
          </HeadButton>
        )}
      </div>
      <div
        ref={frame}
        id={STAGE_PANEL}
        role="tabpanel"
        aria-label={t`Whiteboard ${about.title}`}
        className="bd-frame"
        data-theme="light"
        data-own-keys
      >
        <Refuge>
          <Canvas
            draws={draws}
            onReady={bound.onReady}
            onChange={bound.onChange}
            onPoint={onPoint}
            onScroll={onScroll}
            onPress={bound.onPress}
            onFiles={pictures.take}
            onText={(text) => drawing && addText(drawing, text)}
            onKey={bound.onKey}
          />
        </Refuge>
        {drawing && <Cursors shared={shared} drawing={drawing} />}
        {withTools && (
          <Toolbar
            tool={look.tool}
            onTool={onTool}
            onNote={() => writeNote(drawing, frame.current, paper)}
            onPicture={pictures.choose}
          />
        )}
        {withTools && (look.tool !== "selection" || chosen.any) && look.tool !== "eraser" && (
          <StyleStrip
            drawing={drawing}
            line={look.line}
            width={look.width}
            note={chosen.note}
            onPaper={setPaper}
          />
        )}
        {!draws && !calm && <OnlyHosts />}
        <Condition shared={shared} />
        {drawing && !calm && (
          <div className="bd-foot">
            {draws && <History board={board} onUndo={bound.undo} onRedo={bound.redo} />}
            <button type="button" className="bd-foot-button" onClick={() => fit(drawing)}>
              <Scan aria-hidden="true" />
              <span>
                <Trans>Fit to screen</Trans>
              </span>
            </button>
          </div>
        )}
        {pictures.busy}
      </div>
      {pictures.dialogs}
      {side && list.open && (
        <SideList
          {...{ shared, board, side }}
          mayDraw={draws}
          selected={look.chosen[0] ?? null}
          onSelect={(id) => drawing && select(drawing, id)}
          onClose={list.close}
          onAddPicture={pictures.choose}
        />
      )}
      {isFull && <CaptionStrip />}
    </>
  );
}

/** A new note, ready to be written on. */
function writeNote(drawing: Drawing, frame: HTMLElement | null, paper: string): void {
  addNote(drawing, paper);
  // Once it is drawn and selected, Enter writes in it.
  requestAnimationFrame(() => {
    const surface = frame?.querySelector<HTMLElement>(".excalidraw");
    surface?.focus();
    surface?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  });
}

function ZoomButtons({ drawing }: { drawing: Drawing }) {
  return (
    <>
      <HeadButton icon={<ZoomOut className="lr-icon" />} onPress={() => zoom(drawing, 1 / 1.25)}>
        <Trans>Zoom out</Trans>
      </HeadButton>
      <HeadButton icon={<ZoomIn className="lr-icon" />} onPress={() => zoom(drawing, 1.25)}>
        <Trans>Zoom in</Trans>
      </HeadButton>
    </>
  );
}

/** Whether something is selected, and the note among it. */
function useChosen(drawing: Drawing | null, ids: string[]) {
  const all = drawing ? drawing.getSceneElements().filter(({ id }) => ids.includes(id)) : [];
  const notes = all.filter((one) => one.customData?.note === true);
  return { any: all.length > 0, note: notes[0] && notes.length === all.length ? notes[0] : null };
}

/** Tells the others where this person points. */
function usePointing(shared: SharedDocument) {
  useEffect(() => () => shared.point(null), [shared]);
  return useCallback(
    (at: { x: number; y: number } | null) =>
      shared.point(at && JSON.stringify({ x: Math.round(at.x), y: Math.round(at.y) })),
    [shared],
  );
}

/** The dots of the paper move and grow with what is drawn on it. */
function useDots() {
  const frame = useRef<HTMLDivElement>(null);
  const onScroll = useCallback((x: number, y: number, zoomed: number) => {
    const style = frame.current?.style;
    style?.setProperty("--dot-gap", `${32 * zoomed}px`);
    style?.setProperty("--dot-x", `${x * zoomed}px`);
    style?.setProperty("--dot-y", `${y * zoomed}px`);
  }, []);
  return { frame, onScroll };
}
