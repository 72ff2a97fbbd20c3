/** Single-key shortcuts of the room, and F6 between its regions. They can be turned off in one place. */
import { type RefObject, useEffect, useState } from "react";

import { readStored, writeStored } from "../../../lib/stored";

export type Shortcut = "microphone" | "camera" | "people" | "list";

const KEYS: Record<string, Shortcut> = {
  m: "microphone",
  v: "camera",
  p: "people",
  "?": "list",
};
const STORED = "vdp-room-shortcuts";

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey" | "target">;

/** What a key means in the room, unless somebody is typing or a dialog is open. */
export function shortcutFor(event: Pressed): Shortcut | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const where = event.target instanceof Element ? event.target : null;
  if (where?.closest("input, textarea, select, [contenteditable='true'], [role='textbox'], dialog"))
    return null;
  return KEYS[event.key.toLowerCase()] ?? null;
}

export function useShortcuts(act: (shortcut: Shortcut) => void): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => readStored(STORED) !== "off");
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      const shortcut = shortcutFor(event);
      if (!shortcut || event.repeat) return;
      event.preventDefault();
      act(shortcut);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [on, act]);
  return [
    on,
    (next) => {
      writeStored(STORED, next ? "on" : "off");
      setOn(next);
    },
  ];
}

/** F6 and Shift+F6 go around the elements marked `data-region`. */
export function useRegionKeys(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
      const regions = [...(root.current?.querySelectorAll<HTMLElement>("[data-region]") ?? [])];
      if (regions.length === 0) return;
      event.preventDefault();
      const here = regions.findIndex((region) => region.contains(document.activeElement));
      const step = event.shiftKey ? -1 : 1;
      const next = here === -1 ? 0 : (here + step + regions.length) % regions.length;
      regions[next]?.focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [root]);
}
