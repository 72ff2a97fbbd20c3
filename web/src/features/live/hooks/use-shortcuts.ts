/** Single-key shortcuts of the room, held keys, and F6 between its regions. Keys can be changed and turned off. */
import { type RefObject, useEffect } from "react";

import { keep, useDevice } from "../device";

export const SHORTCUTS = [
  "microphone",
  "camera",
  "hand",
  "chat",
  "people",
  "captions",
  "board",
  "list",
] as const;
export type Shortcut = (typeof SHORTCUTS)[number];
export type Keys = Record<Shortcut, string>;

export const FIRST_KEYS: Keys = {
  microphone: "m",
  camera: "v",
  hand: "h",
  chat: "c",
  people: "p",
  captions: "l",
  board: "w",
  list: "?",
};
type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey" | "target">;

/** A board and notes have keys of their own. */
const TYPING = "input, textarea, select, [contenteditable='true'], [role='textbox'], dialog, [data-own-keys]";

/** What a key means in the room, unless somebody is typing or drawing, or a dialog is open. */
export function shortcutFor(event: Pressed, keys: Keys): Shortcut | null {
  if (event.ctrlKey || event.altKey || event.metaKey || isWithin(event, TYPING)) return null;
  return SHORTCUTS.find((name) => keys[name] === event.key.toLowerCase()) ?? null;
}

export type KeyProblem = "no-letter" | { taken: Shortcut };

/** Why a key cannot be had for a shortcut. */
export function keyProblem(key: string, wanted: Shortcut, keys: Keys): KeyProblem | null {
  if ([...key].length !== 1 || key.trim() === "") return "no-letter";
  const small = key.toLowerCase();
  const taken = SHORTCUTS.find((name) => name !== wanted && keys[name] === small);
  return taken ? { taken } : null;
}

export function changeKey(shortcut: Shortcut, key: string): void {
  keep({ keys: { ...useDevice.getState().keys, [shortcut]: key.toLowerCase() } });
}

export function useKeys(): Keys {
  const changed = useDevice((device) => device.keys);
  return { ...FIRST_KEYS, ...changed };
}

/** How a key is written on a button and said to a screen reader; nothing while the keys are off. */
export function useKeyName(): (shortcut: Shortcut | undefined) => string | undefined {
  const on = useDevice((device) => device.keysOn);
  const keys = useKeys();
  return (shortcut) => (on && shortcut ? keys[shortcut].toUpperCase() : undefined);
}

export function useShortcuts(act: (shortcut: Shortcut) => void): void {
  const on = useDevice((device) => device.keysOn);
  const changed = useDevice((device) => device.keys);
  useEffect(() => {
    if (!on) return;
    const keys = { ...FIRST_KEYS, ...changed };
    const press = (event: KeyboardEvent) => {
      const shortcut = shortcutFor(event, keys);
      if (!shortcut || event.repeat) return;
      event.preventDefault();
      act(shortcut);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [on, changed, act]);
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

function isWithin({ target }: Pick<Event, "target">, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
