/** The tools of the board, each with its word. One stop for Tab; the arrow keys go along. */
import { Trans, useLingui } from "@lingui/react/macro";
import {
  ArrowUpRight,
  Circle,
  Diamond,
  Eraser,
  Image,
  Minus,
  MousePointer2,
  Pencil,
  Square,
  StickyNote,
  Type,
} from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";

export type Tool =
  "selection" | "freedraw" | "text" | "rectangle" | "ellipse" | "diamond" | "line" | "arrow" | "eraser";

interface Props {
  tool: string;
  onTool: (tool: Tool) => void;
  onNote: () => void;
  onPicture: () => void;
}

export function Toolbar({ tool, onTool, onNote, onPicture }: Props) {
  const { t } = useLingui();
  const bar = useRef<HTMLDivElement>(null);
  const [shapes, showShapes] = useState(false);
  const isShape = SHAPES.has(tool);
  const plain = (of: Tool, icon: ReactNode, word: string) => (
    <ToolButton icon={icon} word={word} on={tool === of} onPress={() => onTool(of)} />
  );
  return (
    <div
      ref={bar}
      className="bd-tools"
      role="toolbar"
      aria-label={t`Drawing tools`}
      aria-orientation="vertical"
      tabIndex={-1}
      onKeyDown={(event) => moveAlong(event, bar.current)}
      onFocus={(event) => onlyStop(bar.current, event.target)}
    >
      {plain("selection", <MousePointer2 />, t`Select`)}
      {plain("freedraw", <Pencil />, t`Draw`)}
      {plain("text", <Type />, t`Text`)}
      <ToolButton icon={<StickyNote />} word={t`Note`} onPress={onNote} />
      <ToolButton
        icon={<Square />}
        word={t`Shape`}
        on={isShape}
        expanded={shapes}
        onPress={() => showShapes(!shapes)}
      />
      {shapes && (
        <Shapes
          tool={tool}
          onTool={(chosen) => {
            showShapes(false);
            onTool(chosen);
          }}
          onClose={() => showShapes(false)}
        />
      )}
      <ToolButton icon={<Image />} word={t`Picture`} onPress={onPicture} />
      {plain("eraser", <Eraser />, t`Erase`)}
    </div>
  );
}

const SHAPES = new Set(["rectangle", "ellipse", "diamond", "line", "arrow"]);

interface ShapesProps {
  tool: string;
  onTool: (tool: Tool) => void;
  onClose: () => void;
}

function Shapes({ tool, onTool, onClose }: ShapesProps) {
  const { t } = useLingui();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector("button")?.focus(), []);
  const all: [Tool, ReactNode, string][] = [
    ["rectangle", <Square key="r" />, t`Rectangle`],
    ["ellipse", <Circle key="e" />, t`Circle`],
    ["diamond", <Diamond key="d" />, t`Diamond`],
    ["line", <Minus key="l" />, t`Line`],
    ["arrow", <ArrowUpRight key="a" />, t`Arrow`],
  ];
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    list.current?.parentElement?.querySelector<HTMLElement>("[aria-expanded='true']")?.focus();
    onClose();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes the group from any of its buttons
    <div ref={list} className="bd-shapes" role="group" aria-label={t`Shapes`} onKeyDown={leave}>
      {all.map(([id, icon, word]) => (
        <ToolButton key={id} icon={icon} word={word} on={tool === id} onPress={() => onTool(id)} />
      ))}
    </div>
  );
}

interface ButtonProps {
  icon: ReactNode;
  word: string;
  on?: boolean;
  expanded?: boolean;
  onPress: () => void;
}

function ToolButton({ icon, word, on, expanded, onPress }: ButtonProps) {
  return (
    <button type="button" className="bd-tool" aria-pressed={on} aria-expanded={expanded} onClick={onPress}>
      <span aria-hidden="true">{icon}</span>
      <span>{word}</span>
    </button>
  );
}

/** The arrow keys, Home and End go from button to button; Tab leaves. */
export function moveAlong(event: KeyboardEvent, bar: HTMLElement | null): void {
  const all = [...(bar?.querySelectorAll<HTMLElement>("button") ?? [])];
  const at = all.indexOf(document.activeElement as HTMLElement);
  if (at === -1) return;
  const mirrored = bar !== null && getComputedStyle(bar).direction === "rtl";
  const [forth, back] = mirrored ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  const to =
    event.key === "ArrowDown" || event.key === forth
      ? at + 1
      : event.key === "ArrowUp" || event.key === back
        ? at - 1
        : event.key === "Home"
          ? 0
          : event.key === "End"
            ? all.length - 1
            : null;
  if (to === null) return;
  event.preventDefault();
  all.at(to % all.length)?.focus();
}

/** Tab comes back to the button that was used last. */
export function onlyStop(bar: HTMLElement | null, target: EventTarget): void {
  const all = [...(bar?.querySelectorAll<HTMLElement>("button") ?? [])];
  if (!all.includes(target as HTMLElement)) return;
  for (const button of all) button.tabIndex = button === target ? 0 : -1;
}

/** For who may not draw. */
export function OnlyHosts() {
  return (
    <p className="bd-quiet-note">
      <Trans>Only the hosts can draw now.</Trans>
    </p>
  );
}
