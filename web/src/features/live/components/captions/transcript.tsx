/** The transcript beside the stage: what was said so far, with search; below it, for who may, the place to write captions. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ArrowDown, ScrollText, Search } from "lucide-react";
import { useEffect, useState } from "react";
import type { CaptionLine } from "../../engine/protocol";
import { useEngine, useRoom } from "../../hooks/use-room";
import { useStickyEnd } from "../talk/chat-scroll";
import type { RoomTab } from "../tabs";
import { CaptionTyping } from "./caption-typing";
import { CaptionLinkButton } from "./caption-link";
import { TranscriptRow } from "./transcript-row";
import "./captions.css";

export function useTranscriptTab(): RoomTab {
  const { t } = useLingui();
  return { id: "transcript", label: t`Transcript`, icon: <ScrollText />, Panel: TranscriptPanel };
}

/** Who may write down what others say. */
export function useIsCaptioner(): boolean {
  return useRoom(({ you, desk }) => you !== null && (you.host || desk.captioners.includes(you.user_id)));
}

function TranscriptPanel() {
  const [search, setSearch] = useState("");
  const isCaptioner = useIsCaptioner();
  const isHost = useRoom((state) => state.you?.host ?? false);
  const words = fold(search.trim());
  return (
    <div className="lr-chat">
      <label className="lr-search">
        <span>
          <Trans>Find in what was said</Trans>
        </span>
        <span className="lr-search-box">
          <Search className="lr-icon" aria-hidden="true" />
          <input type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
        </span>
      </label>
      {words === "" ? <Whole /> : <Found words={words} />}
      {isHost && <CaptionLinkButton />}
      {isCaptioner && <CaptionTyping />}
    </div>
  );
}

function Whole() {
  const { t } = useLingui();
  const lines = useRoom((state) => state.captions.lines);
  const { box, onScroll, toEnd, hasNews } = useStickyEnd(lines[0]?.seq ?? 0, lines.at(-1)?.seq ?? 0, false);
  return (
    <div className="lr-chat-view">
      <div
        ref={box}
        className="lr-panel-scroll lr-chat-scroll"
        onScroll={onScroll}
        role="region"
        aria-label={t`What was said`}
        // What scrolls must be within reach of the keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <Older />
        {lines.length === 0 ? (
          <p className="lr-transcript-empty">
            <Trans>Nothing is written down yet. What somebody says as captions stays here.</Trans>
          </p>
        ) : (
          <Lines lines={lines} />
        )}
      </div>
      {hasNews && (
        <button type="button" className="lr-chat-news" onClick={toEnd}>
          <ArrowDown className="lr-icon" aria-hidden="true" />
          <Trans>New lines</Trans>
        </button>
      )}
    </div>
  );
}

/** What fits the words, in all that was said here: older lines are read until there are no more. */
function Found({ words }: { words: string }) {
  const { t } = useLingui();
  const engine = useEngine();
  const lines = useRoom((state) => state.captions.lines);
  const older = useRoom((state) => state.captions.older);
  const first = lines[0]?.seq;
  const [failed, fail] = useState(false);
  useEffect(() => {
    if (older && !failed) engine.talk.readOlderCaptions().catch(() => fail(true));
  }, [engine, older, first, failed]);
  const found = lines.filter((line) => fold(`${line.name} ${line.text}`).includes(words));
  return (
    <div className="lr-chat-view">
      <div
        className="lr-panel-scroll lr-chat-scroll"
        role="region"
        aria-label={t`What was found`}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <p role="status" className="lr-transcript-count">
          {failed ? (
            <Trans>Older lines did not come, so only these were looked through.</Trans>
          ) : older ? (
            <Trans>Looking through older lines</Trans>
          ) : (
            <Plural value={found.length} _0="Nothing was found." one="# line" other="# lines" />
          )}
        </p>
        <Lines lines={found} />
      </div>
    </div>
  );
}

function Lines({ lines }: { lines: CaptionLine[] }) {
  return (
    <ol className="lr-chat-list">
      {lines.map((line) => (
        <TranscriptRow key={line.id} line={line} />
      ))}
    </ol>
  );
}

function Older() {
  const { t } = useLingui();
  const engine = useEngine();
  const older = useRoom((state) => state.captions.older);
  const [state, setState] = useState<"rest" | "reading" | "failed">("rest");
  const read = () => {
    if (state === "reading") return;
    setState("reading");
    engine.talk.readOlderCaptions().then(
      () => setState("rest"),
      () => setState("failed"),
    );
  };
  return (
    <>
      {older && (
        <button type="button" className="lr-chat-older" aria-disabled={state === "reading"} onClick={read}>
          {state === "reading" ? <Trans>Reading older lines</Trans> : <Trans>Read older lines</Trans>}
        </button>
      )}
      <p role="status" className="lr-chat-problem">
        {state === "failed" && t`The older lines did not come. Try again.`}
      </p>
    </>
  );
}

/** Letters without case and accents, so that "cafe" finds "café". */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
