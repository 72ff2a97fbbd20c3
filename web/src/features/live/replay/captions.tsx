// The captions of a recording: the line of this moment under the picture, and all of them to be searched.
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";

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

export function Transcript({ lines }: { lines: readonly ReplayCaption[] }) {
  const { t } = useLingui();
  const [words, setWords] = useState("");
  const now = useShown((shown) => Math.floor(shown.at / 1000) * 1000);
  const sought = folded(words.trim());
  const found = sought ? lines.filter((line) => folded(`${line.name} ${line.text}`).includes(sought)) : lines;
  const current = found.findLastIndex((line) => line.at_ms <= now);
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
      <ol className="rp-list">
        {found.map((line, index) => (
          <li key={line.id} aria-current={index === current ? "true" : undefined}>
            <Jump at={line.at_ms}>
              {line.name && <b>{line.name}: </b>}
              <span lang={line.language ?? undefined}>{line.text}</span>
            </Jump>
          </li>
        ))}
      </ol>
    </>
  );
}
