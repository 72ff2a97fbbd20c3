/** A few emoji, each with its word, in a small dialog that the arrow keys go through. */
import { useLingui } from "@lingui/react/macro";
import { Smile } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { useOwnEscape } from "./chat-escape";

const COLUMNS = 6;

export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => {
    setOpen(false);
    opener.current?.focus();
  }, []);
  const pick = (emoji: string) => {
    setOpen(false);
    onPick(emoji);
  };
  return (
    <div
      className="lr-chat-emoji"
      onBlur={(event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={opener}
        type="button"
        className="lr-icon-button"
        aria-label={t`Add an emoji`}
        title={t`Add an emoji`}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Smile />
      </button>
      {open && <EmojiGrid onPick={pick} onClose={close} />}
    </div>
  );
}

function EmojiGrid({ onPick, onClose }: { onPick: (emoji: string) => void; onClose: () => void }) {
  const { t } = useLingui();
  const grid = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const all = useEmoji();
  useOwnEscape(grid, onClose);
  useEffect(() => grid.current?.querySelector("button")?.focus(), []);
  const move = (event: KeyboardEvent) => {
    const aside = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
    const steps: Record<string, number> = {
      ArrowRight: aside,
      ArrowLeft: -aside,
      ArrowDown: COLUMNS,
      ArrowUp: -COLUMNS,
      Home: -at,
      End: all.length - 1 - at,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = at + step;
    if (next < 0 || next >= all.length) return;
    setAt(next);
    grid.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div ref={grid} className="lr-chat-emoji-grid" role="dialog" aria-label={t`Choose an emoji`}>
      {all.map(([emoji, word], index) => (
        <button
          key={emoji}
          type="button"
          aria-label={word}
          title={word}
          tabIndex={index === at ? 0 : -1}
          onClick={() => onPick(emoji)}
          onKeyDown={move}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}

function useEmoji(): [string, string][] {
  const { t } = useLingui();
  return [
    ["🙂", t`Smile`],
    ["😀", t`Big smile`],
    ["😂", t`Tears of joy`],
    ["😊", t`Happy`],
    ["😍", t`In love with it`],
    ["😉", t`Wink`],
    ["🤔", t`Thinking`],
    ["😮", t`Surprised`],
    ["😢", t`Sad`],
    ["😴", t`Sleepy`],
    ["🤗", t`Hug`],
    ["😅", t`Relieved`],
    ["👍", t`Thumbs up`],
    ["👎", t`Thumbs down`],
    ["👏", t`Clapping`],
    ["🙏", t`Thank you`],
    ["👋", t`Waving`],
    ["💪", t`Strong arm`],
    ["❤️", t`Heart`],
    ["🎉", t`Celebration`],
    ["☀️", t`Sun`],
    ["🌷", t`Flower`],
    ["☕", t`Hot drink`],
    ["✅", t`Done`],
  ];
}
