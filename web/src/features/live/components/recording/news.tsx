/** A recording begins, ends, or has one in it: said aloud at once, shown as a strip, and heard as a soft sound. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { playChime } from "../../engine/sounds";
import { useAmRecorded, type RecordingNews, useRecordingNews } from "../../hooks/use-recording";
import { useEngine, useRoom } from "../../hooks/use-room";
import { useNoteText } from "../note-text";
import { useIsAsked } from "./question";

const PASSING = 6000;

function useNewsText(): (news: RecordingNews) => string {
  const { t } = useLingui();
  const amIn = useAmRecorded();
  const isAsked = useIsAsked();
  const noteText = useNoteText();
  return (news) => {
    const mySide = amIn
      ? t`You are in it.`
      : isAsked
        ? t`You are not in it unless you say yes.`
        : t`You are not in it.`;
    switch (news) {
      case "already":
        return t`This session is being recorded.` + ` ${mySide}`;
      case "started":
        return t`Recording has started.` + ` ${mySide}`;
      case "stopped":
        return t`Recording has stopped.`;
      case "in":
        return t`You are in the recording now.`;
      case "out":
        return t`You are not in the recording any more.`;
      case "full":
      case "failed":
        return noteText({ kind: "recording_ended", because: news, count: 0 });
    }
  };
}

/** For who listens. That it ended by itself is a note, which is said as such. */
export function useSpokenRecording(say: {
  polite: (text: string) => void;
  assertive: (text: string) => void;
}) {
  const engine = useEngine();
  const textOf = useNewsText();
  useRecordingNews((news) => {
    const isEnd = news === "full" || news === "failed";
    if (news === "in" || news === "out") return say.polite(textOf(news));
    if (!isEnd) say.assertive(textOf(news));
    if (news !== "already")
      playChime(news === "started" ? "begins" : "over", engine.store.getState().speakerId);
  });
}

export interface RecordingStrip {
  text: string;
  isTrouble: boolean;
  close: () => void;
}

/** For who looks. Why it ended by itself stays until it is closed; while the question stands there, that says the rest. */
export function useRecordingStrip(): RecordingStrip | null {
  const textOf = useNewsText();
  const isAsked = useIsAsked();
  const isHost = useRoom((state) => state.you?.host ?? false);
  const [news, show] = useState<RecordingNews | null>(null);
  const isTrouble = news === "full" || news === "failed";
  useRecordingNews((heard) => heard !== "already" && show(heard));
  useEffect(() => {
    if (news === null || isTrouble) return;
    const timer = setTimeout(() => show(null), PASSING);
    return () => clearTimeout(timer);
  }, [news, isTrouble]);
  if (news === null || (isAsked && !isTrouble) || (isTrouble && !isHost)) return null;
  return { text: textOf(news), isTrouble, close: () => show(null) };
}
