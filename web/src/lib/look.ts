// Text and colours: what a person chose for this browser. The script in index.html applies the same before the first paint.
import { create } from "zustand";

import { readStored, writeStored } from "./stored";

export interface Look {
  /** `undefined` follows the system. */
  theme?: "light" | "dark" | undefined;
  contrast?: "more" | undefined;
  /** Percent. */
  size?: number | undefined;
}

export const SIZES = [100, 115, 130, 150, 200] as const;
const KEY = "vdp-look";

function stored(): Look {
  try {
    return JSON.parse(readStored(KEY) ?? "{}") as Look;
  } catch {
    return {};
  }
}

export const useLook = create<Look>(() => stored());

const systemIsDark = () =>
  typeof matchMedia === "function" && matchMedia("(prefers-color-scheme: dark)").matches;

export function applyLook(look: Look): void {
  const root = document.documentElement;
  root.dataset.theme = look.theme ?? (systemIsDark() ? "dark" : "light");
  if (look.contrast) root.dataset.contrast = look.contrast;
  else delete root.dataset.contrast;
  root.style.setProperty("--text-scale", String((look.size ?? 100) / 100));
  // Large text needs the room of the phone's layout long before the screen is as narrow as a phone.
  root.toggleAttribute("data-large-text", (look.size ?? 100) >= 150);
}

export function choose(change: Look): void {
  const look = { ...useLook.getState(), ...change };
  useLook.setState(look);
  writeStored(KEY, JSON.stringify(look));
  applyLook(look);
}

/** Who follows the system follows it also while the page is open. */
export function followSystem(): void {
  applyLook(useLook.getState());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyLook(useLook.getState()));
}
