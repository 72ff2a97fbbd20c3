/** The focus in a list that others change: it stays where it is, and goes to the neighbour when its thing is gone. */
import { useLingui } from "@lingui/react/macro";
import { type FocusEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { headline, mention } from "./describe";
import type { Thing } from "./things";
import type { Things } from "./all-things";

export function useKeptPlace(
  list: RefObject<HTMLUListElement | null>,
  shown: Thing[],
  things: Things,
  say: (text: string) => void,
) {
  const { t } = useLingui();
  const [at, setAt] = useState<string | null>(null);
  const inside = useRef(false);
  const before = useRef(shown);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = shown;
    if (at === null || old === shown || shown.some(({ id }) => id === at)) return;
    const place = old.findIndex(({ id }) => id === at);
    const next = shown[Math.min(place, shown.length - 1)];
    setAt(next?.id ?? null);
    // Where the focus was elsewhere, it stays there.
    if (!inside.current || hasFocus()) return;
    const rows = list.current?.querySelectorAll<HTMLElement>("[data-thing]") ?? [];
    const row = [...rows].find(({ dataset }) => dataset.thing === next?.id);
    const panel = list.current?.closest<HTMLElement>("[data-region]");
    (row?.querySelector<HTMLElement>(".bl-item") ?? panel)?.focus();
    const [gone, here] = [mention(old[place]), next ? headline(next, things.find) : ""];
    say(
      here
        ? t`${gone} is not on the board any more. You are at: ${here}.`
        : t`${gone} is not on the board any more.`,
    );
  }, [shown, at, list, things, say, t]);
  return {
    at,
    onFocus: ({ target }: FocusEvent) => {
      inside.current = true;
      const id = target.closest<HTMLElement>("[data-thing]")?.dataset.thing;
      if (id !== undefined) setAt(id);
    },
    onBlur: ({ relatedTarget, currentTarget }: FocusEvent) => {
      // Without anything that gets it, what had it was taken away.
      if (relatedTarget && !currentTarget.contains(relatedTarget)) inside.current = false;
    },
  };
}

function hasFocus(): boolean {
  const active = document.activeElement;
  return active !== null && active !== document.body;
}
