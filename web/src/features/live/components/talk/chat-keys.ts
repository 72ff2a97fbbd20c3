/**
 * The keyboard's way through what can be done with messages: Tab stops at one message, and the arrow keys go from there
 * to the others. Without it, the way past the messages of a class would be hundreds of stops long.
 */
import { type FocusEvent, type KeyboardEvent, useState } from "react";
import type { ChatMessage } from "../../engine/protocol";
import { useRoom } from "../../hooks/use-room";

/** The place of a message's buttons, and the buttons in it. */
const ACTS = "[data-chat-acts]";
const ACT = "[data-chat-act]";

export function useActKeys(messages: ChatMessage[]) {
  const me = useRoom((state) => state.you?.user_id);
  const isHost = useRoom((state) => state.you?.host ?? false);
  const [held, hold] = useState<string | null>(null);
  const mayAct = (message: ChatMessage) => message.removed_at === null && (isHost || message.user_id === me);
  const isThere = messages.some((message) => message.id === held && mayAct(message));
  return {
    /** The message whose buttons Tab stops at: where the focus is, else the newest. */
    reached: isThere ? held : (messages.findLast(mayAct)?.id ?? null),
    list: {
      onKeyDown: step,
      onFocus: ({ target }: FocusEvent) =>
        hold(target.closest<HTMLElement>("[data-message]")?.dataset.message ?? null),
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
        // Who comes back later begins at the newest again.
        if (!currentTarget.contains(relatedTarget)) hold(null);
      },
    },
  };
}

/** From a button to the same one of the message before or after, or of the first or last one. */
function step(event: KeyboardEvent): void {
  const from = event.target instanceof Element ? event.target.closest<HTMLElement>(ACT) : null;
  const own = from?.closest(ACTS);
  if (!from || !own || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = [...event.currentTarget.querySelectorAll(ACTS)];
  const at = all.indexOf(own);
  const places: Record<string, number> = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 };
  const place = places[event.key];
  if (place === undefined) return;
  // At the ends too: the list must not scroll away from what has the focus.
  event.preventDefault();
  const there = [...(all[place]?.querySelectorAll<HTMLElement>(ACT) ?? [])];
  (there.find((one) => one.dataset.chatAct === from.dataset.chatAct) ?? there[0])?.focus();
}
