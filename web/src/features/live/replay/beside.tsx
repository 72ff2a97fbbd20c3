// Beside a recording: its chapters, and what was said in the chat, at the time when it was said.
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";

import { Tabs } from "../../../components/ui/tabs";
import type { Chapter, Replay } from "../../../contract/types";
import { Transcript } from "./captions";
import { Jump } from "./jump";
import { useShown } from "./use-player";

export function Beside({ replay }: { replay: Replay }) {
  const { t } = useLingui();
  const [tab, setTab] = useState("chapters");
  return (
    <aside className="rp-beside card" aria-label={t`Chapters and chat`}>
      <Tabs
        label={t`Chapters and chat`}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: "chapters", label: t`Chapters`, content: <Chapters chapters={replay.chapters} /> },
          { value: "chat", label: t`Chat`, count: replay.chat.length, content: <Said replay={replay} /> },
          ...(replay.captions.length > 0
            ? [
                {
                  value: "transcript",
                  label: t`Transcript`,
                  content: <Transcript lines={replay.captions} />,
                },
              ]
            : []),
        ]}
      />
    </aside>
  );
}

function Chapters({ chapters }: { chapters: readonly Chapter[] }) {
  const now = useShown((shown) => Math.floor(shown.at / 1000) * 1000);
  const current = chapters.findLastIndex((chapter) => chapter.at_ms <= now);
  return (
    <ol className="rp-list">
      {chapters.map((chapter, index) => (
        <li key={`${chapter.at_ms}-${chapter.kind}`} aria-current={index === current ? "true" : undefined}>
          <Jump at={chapter.at_ms}>
            <ChapterName chapter={chapter} />
          </Jump>
        </li>
      ))}
    </ol>
  );
}

function ChapterName({ chapter }: { chapter: Chapter }) {
  const { label } = chapter;
  if (chapter.kind === "screen") return <Trans>{label} shares a screen</Trans>;
  if (chapter.kind === "poll") return <Trans>Poll: {label}</Trans>;
  if (chapter.kind === "board") return <Trans>Board: {label}</Trans>;
  return <Trans>Beginning</Trans>;
}

function Said({ replay }: { replay: Replay }) {
  const { t } = useLingui();
  const now = useShown((shown) => Math.floor(shown.at / 1000) * 1000);
  if (replay.chat.length === 0) {
    return (
      <p className="muted">
        <Trans>Nothing was written while it was recorded.</Trans>
      </p>
    );
  }
  return (
    <ol className="rp-list">
      {replay.chat.map((said) => (
        <li key={said.id} className={said.at_ms > now ? "rp-later" : ""}>
          <Jump at={said.at_ms}>
            <b>{said.name}</b>
          </Jump>
          <p>{said.text || (said.image ? t`A picture` : "")}</p>
        </li>
      ))}
    </ol>
  );
}
