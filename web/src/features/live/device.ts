/** What this device keeps of the room, for one's next visit: how it is looked at, entered and worked by keys. */
import { create } from "zustand";

import { readStored, writeStored } from "../../lib/stored";
import type { DeviceChoices } from "./engine/room-engine";
import type { Shortcut } from "./hooks/use-shortcuts";
import type { View } from "./layout/cast";

export interface Device extends DeviceChoices {
  /** How the room was looked at last; until then its shape decides. */
  view: View | null;
  keysOn: boolean;
  /** The signs of others are shown. */
  signs: boolean;
  /** Captions stand under the picture. */
  captions: boolean;
  /** Their text size in pixels, how many lines there are, and how many seconds one stays. */
  captionSize: number;
  captionLines: number;
  captionPace: number;
  /** They are a log for screen readers. */
  captionsAloud: boolean;
  /** Only the keys that the person changed. */
  keys: Partial<Record<Shortcut, string>>;
}

const KEY = "vdp-room";
const NEW: Device = {
  microphone: true,
  camera: true,
  microphoneId: null,
  cameraId: null,
  speakerId: null,
  thrift: "none",
  straightIn: false,
  view: null,
  keysOn: true,
  signs: true,
  captions: false,
  captionSize: 22,
  captionLines: 2,
  captionPace: 8,
  captionsAloud: false,
  keys: {},
};

function stored(): Device {
  try {
    return { ...NEW, ...(JSON.parse(readStored(KEY) ?? "{}") as Partial<Device>) };
  } catch {
    return NEW;
  }
}

export const useDevice = create<Device>(() => stored());

export function keep(change: Partial<Device>): void {
  useDevice.setState(change);
  writeStored(KEY, JSON.stringify(useDevice.getState()));
}
