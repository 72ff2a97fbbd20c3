/** Between the messages: where the recording began and ended, while one was in the room. Never said aloud from here. */
import { Trans } from "@lingui/react/macro";
import { useEffect } from "react";

import { useClockFormat } from "../../hooks/use-clock";
import { useRecordingNews } from "../../hooks/use-recording";
import { useEngine } from "../../hooks/use-room";
import { chatPage, lastSeq, type Mark, serverNow } from "./chat-state";

export function useRecordingMarks(): void {
  const engine = useEngine();
  useRecordingNews((news) => {
    if (news === "already" || news === "in" || news === "out") return;
    const mark = { began: news === "started", after: lastSeq(engine), at: serverNow(engine) };
    chatPage(engine).setState(({ marks }) => ({ marks: [...marks, mark] }));
  });
}

export function MarkLine({ mark, onGrow }: { mark: Mark; onGrow: () => void }) {
  const at = new Date(mark.at).toISOString();
  const format = useClockFormat();
  useEffect(onGrow, [onGrow]);
  return (
    <li className="lr-chat-none">
      {mark.began ? <Trans>Recording started</Trans> : <Trans>Recording ended</Trans>}{" "}
      <time dateTime={at}>{format(at)}</time>
    </li>
  );
}
