/** Which polls were looked at on this page, and whether the tab is open now. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { create } from "zustand";
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

/** Says politely that a poll opened, unless the tab is open and shows it. */
export function usePollNews(say: (text: string) => void): void {
  const { t } = useLingui();
  const polls = useRoom((state) => state.talk.polls);
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    const open = polls.filter((poll) => poll.state === "open");
    const before = known.current;
    known.current = new Set(open.map((poll) => poll.id));
    if (!before || usePollsSeen.getState().looking) return;
    for (const poll of open) {
      if (!before.has(poll.id)) say(t`A new poll is open under Polls: ${poll.question}`);
    }
    // Said once per change of the polls, not for a new `say`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [polls]);
}
