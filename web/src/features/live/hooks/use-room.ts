/** The room's engine for the components below it. */
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { RoomEngine } from "../engine/room-engine";
import type { RoomState } from "../engine/state";

export const EngineContext = createContext<RoomEngine | null>(null);

export function useEngine(): RoomEngine {
  const engine = useContext(EngineContext);
  if (!engine) throw new Error("useEngine needs an EngineContext above it");
  return engine;
}

/** Reads a part of the state; the component draws again only when that part changed. */
export function useRoom<T>(select: (state: RoomState) => T): T {
  return useStore(useEngine().store, select);
}
