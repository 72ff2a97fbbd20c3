/** Colour and width of what is drawn next, and of what is selected. */
import { useLingui } from "@lingui/react/macro";
import { useRef } from "react";

import type { Drawing, Drawn } from "./kinds";
import { restyle } from "./make";
import { COLOURS, INK, WIDTHS } from "./palette";
import { moveAlong, onlyStop } from "./toolbar";

interface Props {
  drawing: Drawing;
  line: string;
  width: number;
  /** A note is selected: the colours are those of paper. */
  note: Drawn | null;
  /** Told, so that the next note is like it. */
  onPaper: (paper: string) => void;
}

export function StyleStrip({ drawing, line, width, note, onPaper }: Props) {
  const { t, i18n } = useLingui();
  const bar = useRef<HTMLDivElement>(null);
  const paint = (colour: (typeof COLOURS)[number]) => {
    if (note) {
      onPaper(colour.paper);
      restyle(drawing, {}, (one) => {
        if (one.type === "text") return { strokeColor: INK };
        return one.customData?.note ? { backgroundColor: colour.paper } : { strokeColor: colour.line };
      });
    } else restyle(drawing, { currentItemStrokeColor: colour.line }, () => ({ strokeColor: colour.line }));
  };
  const widen = (next: number) =>
    restyle(drawing, { currentItemStrokeWidth: next }, (one) =>
      one.type === "text" ? null : { strokeWidth: next },
    );
  return (
    <div
      ref={bar}
      className="bd-style"
      role="toolbar"
      aria-label={note ? t`Colour of the note` : t`Colour and width`}
      tabIndex={-1}
      onKeyDown={(event) => moveAlong(event, bar.current)}
      onFocus={(event) => onlyStop(bar.current, event.target)}
    >
      {COLOURS.map((colour) => (
        <button
          key={colour.id}
          type="button"
          className="bd-colour"
          aria-label={i18n._(colour.name)}
          title={i18n._(colour.name)}
          aria-pressed={note ? note.backgroundColor === colour.paper : line === colour.line}
          onClick={() => paint(colour)}
        >
          <span ref={(dot) => dot?.style.setProperty("background", note ? colour.paper : colour.line)} />
        </button>
      ))}
      {!note &&
        WIDTHS.map((one) => (
          <button
            key={one.width}
            type="button"
            className="bd-width"
            aria-label={i18n._(one.name)}
            title={i18n._(one.name)}
            aria-pressed={width === one.width}
            onClick={() => widen(one.width)}
          >
            <span ref={(dot) => dot?.style.setProperty("block-size", `${one.width + 1}px`)} />
          </button>
        ))}
    </div>
  );
}
