/** Says aloud that somebody wrote: the words of one message, or how many there are. */
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useEffect, useEffectEvent, useRef } from "react";
import type { ChatMessage } from "../../engine/protocol";
import { useEngine, useRoom } from "../../hooks/use-room";
import { chatPage, isNews } from "./chat-state";

const BETWEEN = 5000;
const LONGEST = 100;

export function useChatNews(say: (text: string) => void): void {
  const { t } = useLingui();
  const engine = useEngine();
  const messages = useRoom((state) => state.talk.messages);
  const heardTo = useRef(chatPage(engine).getState().seen);
  const lastSaid = useRef(-Infinity);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const inWords = ({ name, text }: ChatMessage): string => {
    if (!text) return t`${name} sent a picture.`;
    const letters = [...text];
    const start = letters.slice(0, LONGEST).join("") + (letters.length > LONGEST ? "…" : "");
    return t`${name}: ${start}`;
  };
  const tell = useEffectEvent(() => {
    timer.current = undefined;
    const { talk, you } = engine.store.getState();
    const news = talk.messages.filter((message) => isNews(message, heardTo.current, you?.user_id));
    heardTo.current = Math.max(heardTo.current, talk.messages.at(-1)?.seq ?? 0);
    const [first] = news;
    if (!first) return;
    lastSaid.current = Date.now();
    const count = news.length;
    say(
      count === 1 ? inWords(first) : t`${plural(count, { one: "# new message", other: "# new messages" })}`,
    );
  });
  useEffect(() => {
    if (timer.current === undefined) {
      const wait = lastSaid.current + BETWEEN - Date.now();
      if (wait <= 0) tell();
      else timer.current = setTimeout(() => tell(), wait);
    }
  }, [messages]);
  useEffect(() => () => clearTimeout(timer.current), []);
}
