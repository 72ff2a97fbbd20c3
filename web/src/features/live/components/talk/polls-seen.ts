/** Which polls were looked at on this page, whether the tab is open now, and which one waits for an answer. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { create } from "zustand";
import type { Poll } from "../../engine/protocol";
import { useRoom } from "../../hooks/use-room";

export const usePollsSeen = create<{ looking: boolean; seen: string[] }>(() => ({
  looking: false,
  seen: [],
}));

/** While this is drawn, everything is seen. */
export function useLookingAtPolls(): void {
  const polls = useRoom((state) => state.talk.polls);
  useEffect(() => {
    usePollsSeen.setState({ looking: true });
    return () => usePollsSeen.setState({ looking: false });
  }, []);
  useEffect(() => {
    const seen = polls.filter((poll) => poll.state !== "draft").map((poll) => poll.id);
    usePollsSeen.setState({ seen });
  }, [polls]);
}

/** Open polls that nobody here has looked at or answered yet. */
export function useUnseenPolls(): number {
  const { looking, seen } = usePollsSeen();
  const polls = useRoom((state) => state.talk.polls);
  const answers = useRoom((state) => state.talk.answers);
  if (looking) return 0;
  return polls.filter((poll) => poll.state === "open" && !seen.includes(poll.id) && !answers[poll.id]).length;
}

/**
 * The newest open poll that waits for this person's answer, while the tab is not open. Hosts lead the polls and need no
 * reminder. What is put off stays away until the poll is asked anew.
 */
export function usePollToAnswer(): { poll: Poll | null; putOff: () => void } {
  const looking = usePollsSeen((page) => page.looking);
  const host = useRoom((state) => state.you?.host ?? false);
  const polls = useRoom((state) => state.talk.polls);
  const answers = useRoom((state) => state.talk.answers);
  const [away, setAway] = useState<string[]>([]);
  const open = polls.filter((poll) => poll.state === "open");
  const stillAway = away.filter((id) => open.some((poll) => poll.id === id));
  if (stillAway.length < away.length) setAway(stillAway);
  const waiting = open.findLast((poll) => !answers[poll.id] && !stillAway.includes(poll.id));
  return {
    poll: looking || host ? null : (waiting ?? null),
    // All at once: nobody should have to close one after the other.
    putOff: () => setAway(open.map((poll) => poll.id)),
  };
}

/** Says politely that a poll opened, unless the tab is open and shows it; who comes later hears of what is open. */
export function usePollNews(say: (text: string) => void): void {
  const { t } = useLingui();
  const polls = useRoom((state) => state.talk.polls);
  const answers = useRoom((state) => state.talk.answers);
  const host = useRoom((state) => state.you?.host ?? false);
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    const open = polls.filter((poll) => poll.state === "open");
    const before = known.current;
    known.current = new Set(open.map((poll) => poll.id));
    if (usePollsSeen.getState().looking) return;
    for (const poll of open) {
      const isNew = before ? !before.has(poll.id) : !host && !answers[poll.id];
      if (isNew) say(t`A new poll is open under Polls: ${poll.question}`);
    }
    // Said once per change of the polls, not for a new `say`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [polls]);
}
