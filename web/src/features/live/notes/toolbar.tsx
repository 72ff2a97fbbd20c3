/** The tools of the notes: one tab stop, arrows between them. */
import { useLingui as useWords } from "@lingui/react";
import { useLingui } from "@lingui/react/macro";
import type { Editor } from "@tiptap/core";
import { type KeyboardEvent, useState, useSyncExternalStore } from "react";

import { LinkForm } from "./link-form";
import { can, TOOLS, type Tool } from "./tools";

interface Props {
  id: string;
  editor: Editor;
}

export function Toolbar({ id, editor }: Props) {
  const { t } = useLingui();
  const [stop, setStop] = useState(0);
  const [linking, setLinking] = useState(false);
  const looks = useLooks(editor);
  const press = (tool: Tool, index: number) => {
    setStop(index);
    if (tool.id === "link") setLinking((open) => !open);
    else if (tool.run) tool.run(editor.chain().focus(), editor).run();
  };
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const next = nextStop(event, stop);
    if (next === null) return;
    event.preventDefault();
    setStop(next);
    event.currentTarget.querySelectorAll("button")[next]?.focus();
  };
  return (
    <>
      <div
        id={id}
        className="nt-tools"
        role="toolbar"
        aria-label={t`Tools of the notes`}
        aria-orientation="horizontal"
        onKeyDown={move}
      >
        {TOOLS.map((tool, index) => (
          <ToolButton
            key={tool.id}
            tool={tool}
            look={looks[index] ?? ""}
            open={tool.id === "link" ? linking : undefined}
            tabIndex={index === stop ? 0 : -1}
            onPress={() => press(tool, index)}
          />
        ))}
      </div>
      {linking && <LinkForm editor={editor} onDone={() => setLinking(false)} />}
    </>
  );
}

interface ButtonProps {
  tool: Tool;
  look: string;
  /** Whether its form is open, for a tool that has one. */
  open: boolean | undefined;
  tabIndex: 0 | -1;
  onPress: () => void;
}

function ToolButton({ tool, look, open, tabIndex, onPress }: ButtonProps) {
  const { _ } = useWords();
  const name = _(tool.name ?? tool.word);
  const cannot = look.includes("!");
  return (
    <button
      type="button"
      className="nt-tool"
      title={name}
      aria-label={name}
      aria-keyshortcuts={tool.keys}
      aria-pressed={tool.isOn ? look.includes("+") : undefined}
      aria-expanded={open}
      aria-disabled={cannot}
      tabIndex={tabIndex}
      // The selection stays where it is.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => !cannot && onPress()}
    >
      <tool.Icon className={tool.mirrored ? "nt-mirror" : undefined} aria-hidden="true" />
      <span aria-hidden="true">{_(tool.word)}</span>
    </button>
  );
}

/** How each tool looks: `+` is on, `!` cannot be used here. One text, so that nothing is drawn again for the same. */
function useLooks(editor: Editor): string[] {
  const text = useSyncExternalStore(
    (hear) => {
      editor.on("transaction", hear);
      return () => void editor.off("transaction", hear);
    },
    () => TOOLS.map((tool) => (tool.isOn?.(editor) ? "+" : "") + (can(editor, tool) ? "" : "!")).join(" "),
  );
  return text.split(" ");
}

/** Where an arrow, Home or End leads; null for other keys. */
function nextStop({ key, currentTarget }: KeyboardEvent<HTMLElement>, stop: number): number | null {
  const last = TOOLS.length - 1;
  const onward = getComputedStyle(currentTarget).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key === onward) return stop === last ? 0 : stop + 1;
  if (key === "ArrowLeft" || key === "ArrowRight") return stop === 0 ? last : stop - 1;
  return null;
}
