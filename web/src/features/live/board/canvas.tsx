/** The drawing surface, without its own tools: ours stand around it. */
import { memo, type RefObject, useCallback, useEffect, useRef } from "react";

import { Excalidraw } from "./excalidraw";
import type { Drawing, DrawingState } from "./kinds";
import { mayOpen } from "./safe";

export interface CanvasProps {
  draws: boolean;
  onReady: (drawing: Drawing) => void;
  onChange: (state: DrawingState) => void;
  onPoint: (at: { x: number; y: number } | null) => void;
  onScroll: (x: number, y: number, zoom: number) => void;
  onPress: (down: boolean) => void;
  /** Pictures that were dropped or pasted. */
  onFiles: (files: File[]) => void;
  /** Text that was pasted. */
  onText: (text: string) => void;
  /** Keys that are ours on the board; true: it was one. */
  onKey: (event: KeyboardEvent) => boolean;
}

const UI = {
  canvasActions: {
    changeViewBackgroundColor: false,
    clearCanvas: false,
    export: false as const,
    loadScene: false,
    saveToActiveFile: false,
    saveAsImage: false,
    toggleTheme: false,
  },
  // Pictures come through our own door, which makes them small and asks what they show.
  tools: { image: false },
};

/** How things look when a board is opened: clear lines on paper with dots, which the page draws. */
const FIRST = {
  appState: {
    viewBackgroundColor: "transparent",
    currentItemRoughness: 0,
    currentItemStrokeWidth: 4,
    currentItemStrokeColor: "#1e2142",
    currentItemFontFamily: 6,
    currentItemFontSize: 28,
    currentItemRoundness: "round" as const,
    currentItemFillStyle: "solid" as const,
  },
};

export const Canvas = memo(function Canvas(props: CanvasProps) {
  const { draws, onReady, onChange, onPoint, onScroll } = props;
  const frame = useRef<HTMLDivElement>(null);
  useOwnDoor(frame, props);
  useOwnKeys(frame, props);
  usePresses(frame, props);
  const open = useCallback<OpenLink>((element, event) => {
    event.preventDefault();
    if (mayOpen(element.link)) window.open(element.link, "_blank", "noopener,noreferrer");
  }, []);
  return (
    <div ref={frame} className="bd-canvas" dir="ltr" onPointerLeave={() => onPoint(null)}>
      <Excalidraw
        excalidrawAPI={onReady}
        initialData={FIRST}
        theme="light"
        isCollaborating
        viewModeEnabled={!draws}
        zenModeEnabled
        gridModeEnabled={false}
        handleKeyboardGlobally={false}
        aiEnabled={false}
        validateEmbeddable={false}
        UIOptions={UI}
        onChange={(_elements, state) => onChange(state)}
        onPointerUpdate={({ pointer }) => onPoint(pointer)}
        onScrollChange={(x, y, zoom) => onScroll(x, y, zoom.value)}
        onLinkOpen={open}
      />
    </div>
  );
});

type OpenLink = NonNullable<Parameters<typeof Excalidraw>[0]["onLinkOpen"]>;

/** What is dropped or pasted never reaches the drawing program, but for its own elements: it would read web pages too. */
function useOwnDoor(frame: RefObject<HTMLDivElement | null>, { draws, onFiles, onText }: CanvasProps): void {
  useEffect(() => {
    const element = frame.current;
    const drop = (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
      if (draws && event.dataTransfer?.files.length) onFiles([...event.dataTransfer.files]);
    };
    const paste = (event: ClipboardEvent) => {
      const active = document.activeElement;
      if (!element?.contains(active) || isTyping(active)) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0 && text.startsWith('{"type":"excalidraw/clipboard"')) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!draws) return;
      if (files.length > 0) onFiles(files);
      else if (text.trim()) onText(text.trim().slice(0, LONGEST_PASTE));
    };
    element?.addEventListener("drop", drop, true);
    document.addEventListener("paste", paste, true);
    return () => {
      element?.removeEventListener("drop", drop, true);
      document.removeEventListener("paste", paste, true);
    };
  }, [frame, draws, onFiles, onText]);
}

/** As the browser tells them: the drawing program also speaks of releases that it only supposes. */
function usePresses(frame: RefObject<HTMLDivElement | null>, { onPress }: CanvasProps): void {
  useEffect(() => {
    const element = frame.current;
    let isDown = false;
    const down = () => {
      isDown = true;
      onPress(true);
    };
    const up = () => {
      if (isDown) onPress(false);
      isDown = false;
    };
    element?.addEventListener("pointerdown", down, true);
    window.addEventListener("pointerup", up, true);
    window.addEventListener("pointercancel", up, true);
    return () => {
      element?.removeEventListener("pointerdown", down, true);
      window.removeEventListener("pointerup", up, true);
      window.removeEventListener("pointercancel", up, true);
    };
  }, [frame, onPress]);
}

const LONGEST_PASTE = 5000;
/** The keys of the drawing program that are of use here; its dialogs, themes and files are not. */
const KEYS = /^(Arrow\w+|Delete|Backspace|Escape|Enter|Shift|Alt|Control|Meta| |[vrdoalpt1-7])$/i;
const WITH_CONTROL = /^(a|c|x|v|d|g|\[|\]|Control|Meta|Shift|Arrow\w+)$/i;

function useOwnKeys(frame: RefObject<HTMLDivElement | null>, { onKey }: CanvasProps): void {
  useEffect(() => {
    const element = frame.current;
    const press = (event: KeyboardEvent) => {
      if (isTyping(event.target)) return;
      if (onKey(event)) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      const known = event.ctrlKey || event.metaKey ? WITH_CONTROL : KEYS;
      if (!known.test(event.key) || (event.altKey && event.key.length === 1)) event.stopPropagation();
    };
    element?.addEventListener("keydown", press, true);
    return () => element?.removeEventListener("keydown", press, true);
  }, [frame, onKey]);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
