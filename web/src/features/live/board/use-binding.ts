/** Binds the drawing surface to the document, and tells the screen what it needs to know of both. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useRoom } from "../hooks/use-room";
import { mayDraw } from "../engine/rules";
import type { SharedDocument } from "../engine/shared-document";
import { Binding } from "./binding";
import { complete } from "./complete";
import { CaptureUpdateAction } from "./excalidraw";
import { historyStep } from "./history";
import type { Drawing, DrawingState, Drawn } from "./kinds";
import { Board } from "./objects";
import { useDocumentState } from "./use-shared";
import { fit } from "./view";

export interface Look {
  tool: string;
  line: string;
  width: number;
  chosen: string[];
}

const FIRST: Look = { tool: "selection", line: "#1e2142", width: 4, chosen: [] };

export function useBoard(shared: SharedDocument): Board {
  const doc = useDocumentState(shared, (state) => state.doc);
  // One for each document, and never one for two.
  const board = useMemo(() => new Board(doc), [doc]);
  return board;
}

export function useBinding(shared: SharedDocument, board: Board) {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [look, setLook] = useState(FIRST);
  const binding = useRef<Binding | null>(null);
  const draws = useRoom(mayDraw);
  const isOpen = useDocumentState(shared, (state) => state.phase !== "opening");

  useEffect(() => {
    if (!drawing) return;
    const bound = new Binding(board, canvasOf(drawing));
    binding.current = bound;
    return () => {
      binding.current = null;
      bound.stop();
    };
  }, [drawing, board]);
  useEffect(() => binding.current?.allow(draws), [draws, drawing, board]);
  useEffect(() => {
    if (!drawing || !isOpen) return;
    // Once what is on it has come.
    const soon = setTimeout(() => fit(drawing), 250);
    return () => clearTimeout(soon);
  }, [drawing, board, isOpen]);

  const made = useRef<Drawing | null>(null);
  const onReady = useCallback((one: Drawing) => {
    made.current = one;
  }, []);
  const onChange = useCallback((state: DrawingState) => {
    // It speaks first when it has drawn itself; what came onto it before would be lost.
    if (!state.isLoading) setDrawing(made.current);
    binding.current?.changed();
    setLook((before) => {
      const now = lookOf(state);
      return JSON.stringify(now) === JSON.stringify(before) ? before : now;
    });
  }, []);
  const onPress = useCallback((down: boolean) => {
    if (down) binding.current?.begin();
    // What a press made is there only after it.
    else setTimeout(() => binding.current?.end(), 0);
  }, []);
  const undo = useCallback(() => binding.current?.undo(), []);
  const redo = useCallback(() => binding.current?.redo(), []);
  const onKey = useCallback(
    (event: KeyboardEvent) => {
      const step = historyStep(event);
      // A key press that is not repeated is a step of its own.
      if (!step && !event.repeat) binding.current?.end();
      if (!step) return false;
      if (draws && step === "undo") undo();
      if (draws && step === "redo") redo();
      return true;
    },
    [draws, undo, redo],
  );
  return { drawing, onReady, look, draws, onChange, onPress, onKey, undo, redo };
}

function lookOf(state: DrawingState): Look {
  return {
    tool: state.activeTool.type,
    line: state.currentItemStrokeColor,
    width: state.currentItemStrokeWidth,
    chosen: Object.keys(state.selectedElementIds),
  };
}

function canvasOf(drawing: Drawing) {
  return {
    all: () => drawing.getSceneElementsIncludingDeleted() as readonly Drawn[],
    hand: () => drawing.getAppState(),
    show: (elements: readonly Drawn[]) =>
      drawing.updateScene({ elements, captureUpdate: CaptureUpdateAction.NEVER }),
    complete,
  };
}
