/** What a screen reader hears: two regions that are always there and empty at first. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { Announcer, type Spoken } from "../engine/announcer";
import { sessionTime, useServerNow } from "../hooks/use-clock";
import { useRoom } from "../hooks/use-room";
import { sharers } from "../layout/cast";
import { useCaptionNews } from "./captions/caption-control";
import { useShownNews } from "./documents/use-shown-news";
import { useBreakoutNews } from "./leading/use-breakout-news";
import { useHandNews } from "./leading/hands";
import { useTimerNews } from "./leading/timer";
import { useWaitingNews } from "./hosting/use-waiting-news";
import { useNoteText } from "./note-text";
import { useSpokenRecording } from "./recording/news";
import { usePollNews } from "./talk/polls-seen";
import { useChatNews } from "./talk/chat-news";

export function LiveRegions() {
  const [spoken, show] = useState<Spoken>({ polite: "", assertive: "" });
  const [announcer] = useState(() => new Announcer(show));
  useEffect(() => () => announcer.stop(), [announcer]);
  useNotes((text, calm) => (calm ? announcer.polite(text) : announcer.assertive(text)));
  useSpokenRecording(announcer);
  useNews((text) => announcer.polite(text));
  useHandNews((text) => announcer.polite(text));
  useBreakoutNews((text) => announcer.polite(text));
  useTimerNews((text) => announcer.polite(text));
  useWaitingNews((text) => announcer.polite(text));
  usePollNews((text) => announcer.polite(text));
  useShownNews((text) => announcer.polite(text));
  useCaptionNews((text) => announcer.polite(text));
  useChatNews((text) => announcer.polite(text));
  return (
    <div className="lr-sr">
      <div role="status" aria-live="polite">
        {spoken.polite}
      </div>
      <div role="alert" aria-live="assertive">
        {spoken.assertive}
      </div>
    </div>
  );
}

function useNotes(say: (text: string, calm: boolean) => void): void {
  const note = useRoom((state) => state.note);
  const textOf = useNoteText();
  const said = useRef(0);
  useEffect(() => {
    if (!note || note.count === said.current) return;
    said.current = note.count;
    say(textOf(note), note.kind === "talking" || note.kind === "unsent");
  });
}

/** Screens that are shared, and the last five minutes. */
function useNews(say: (text: string) => void): void {
  const { t } = useLingui();
  const people = useRoom((state) => state.people);
  const you = useRoom((state) => state.you);
  const ends = useRoom((state) => state.session?.ends_at);
  const now = useServerNow();
  const sharing = sharers({ people, you })
    .map((person) => person.name)
    .join(", ");
  const nearEnd = ends !== undefined && sessionTime(ends, ends, now).minutesLeft === 5;
  const before = useRef("");
  useEffect(() => {
    if (sharing && sharing !== before.current) say(t`${sharing} is sharing a screen.`);
    if (!sharing && before.current) say(t`The screen share has ended.`);
    before.current = sharing;
    // Said once per change of who shares, not for a new `say`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [sharing]);
  useEffect(() => {
    if (nearEnd) say(t`Five minutes left.`);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [nearEnd]);
}
