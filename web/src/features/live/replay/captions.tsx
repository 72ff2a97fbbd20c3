// The captions of a recording: the line of this moment under the picture, and all of them to be searched.
import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, memo, useDeferredValue, useId, useMemo, useRef, useState } from "react";

import type { ReplayCaption } from "../../../contract/types";
import { Jump } from "./jump";
import { useShown } from "./use-player";

/** A line stays at least so long, so that it can be read. */
const STAYS = 3_000;

/** Never over a picture; one or two lines of who is speaking. */
export function CaptionLine({ lines }: { lines: readonly ReplayCaption[] }) {
  const at = useShown((shown) => Math.floor(shown.at / 250) * 250);
  const now = lines.filter((line) => line.at_ms <= at && at < Math.max(line.until_ms, line.at_ms + STAYS));
  return (
    <div className="rp-captions">
      {now.slice(-2).map((line) => (
        <p key={line.id} lang={line.language ?? undefined}>
          {line.name && <b>{line.name}: </b>}
          {line.text}
        </p>
      ))}
    </div>
  );
}

/** Without accents and case: what is typed quickly finds it too. */
function folded(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();
}

/**
 * All lines are in the page, so that its search, a screen reader's and the arrow keys reach each; the browser lays out those
 * in sight alone, and only a line that changes is drawn again.
 */
export function Transcript({ lines }: { lines: readonly ReplayCaption[] }) {
  const { t } = useLingui();
  const [words, setWords] = useState("");
  const sought = useDeferredValue(folded(words.trim()));
  const texts = useMemo(() => lines.map((line) => folded(`${line.name} ${line.text}`)), [lines]);
  const found = useMemo(
    () => (sought ? lines.filter((_, index) => texts[index]?.includes(sought)) : lines),
    [lines, texts, sought],
  );
  return (
    <>
      <input
        type="search"
        className="rp-search"
        aria-label={t`Search the transcript`}
        placeholder={t`Search`}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {found.length === 0 && (
        <p className="muted" role="status">
          <Trans>Nobody said that.</Trans>
        </p>
      )}
      <Lines lines={found} />
    </>
  );
}

function Lines({ lines }: { lines: readonly ReplayCaption[] }) {
  const hint = useId();
  const current = useShown(({ at }) =>
    lines.findLastIndex((line) => line.at_ms <= Math.floor(at / 1000) * 1000),
  );
  // Where the focus is; who comes back later begins at the line of the moment again.
  const [held, hold] = useState<number | null>(null);
  const reached = held !== null && held < lines.length ? held : Math.max(0, current);
  const list = useRef<HTMLOListElement>(null);
  const go = (event: KeyboardEvent) => {
    const to = { ArrowUp: reached - 1, ArrowDown: reached + 1, Home: 0, End: lines.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    // Home and End of the page are the recording's.
    event.stopPropagation();
    list.current?.children[to]?.querySelector("button")?.focus();
  };
  return (
    <div className="rp-lines">
      {/* The arrows come from the buttons in it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol
        ref={list}
        className="rp-list"
        onKeyDown={go}
        onFocus={({ target }) => hold([...(list.current?.children ?? [])].indexOf(target.closest("li")!))}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) hold(null);
        }}
      >
        {lines.map((line, index) => (
          <Line
            key={line.id}
            line={line}
            isCurrent={index === current}
            isReached={index === reached}
            hint={hint}
          />
        ))}
      </ol>
      <p id={hint} className="rp-hint">
        <Trans>Arrow keys up and down go to the other lines.</Trans>
      </p>
    </div>
  );
}

interface LineProps {
  line: ReplayCaption;
  isCurrent: boolean;
  /** The Tab key stops here. */
  isReached: boolean;
  /** Id of the words about the arrow keys. */
  hint: string;
}

const Line = memo(function Line({ line, isCurrent, isReached, hint }: LineProps) {
  return (
    <li aria-current={isCurrent ? "true" : undefined}>
      <Jump at={line.at_ms} tabIndex={isReached ? 0 : -1} aria-describedby={hint}>
        {line.name && <b>{line.name}: </b>}
        <span lang={line.language ?? undefined}>{line.text}</span>
      </Jump>
    </li>
  );
});
