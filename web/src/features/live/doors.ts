/** The real world behind the engine: sockets, connections, devices, storage and the page itself. */
import { keep, useDevice } from "./device";
import type { RawSocket } from "./engine/line";
import type { RoomDoors } from "./engine/room-engine";
import type { Seat } from "./engine/protocol";

/** A hung request must not hold up the way back into the room. */
export const JOIN_WITHIN = 10_000;

export function browserDoors(sessionId: string, join: () => Promise<Seat>): RoomDoors {
  return {
    sessionId,
    join,
    openSocket,
    newPeer: (configuration) => new RTCPeerConnection(configuration),
    newSound: () => new Audio(),
    // Missing on pages that are neither https nor localhost.
    media: (navigator as Partial<Navigator>).mediaDevices,
    shelf: sessionStorage,
    choices: { recall: () => useDevice.getState(), keep },
    onWake,
  };
}

async function openSocket(token: string): Promise<RawSocket> {
  const { io } = await import("socket.io-client");
  // The line brings itself back, with a new socket each time; so this one neither shares nor returns.
  return io("/live", {
    auth: { token },
    autoConnect: false,
    forceNew: true,
    reconnection: false,
    timeout: 5000,
    transports: ["websocket", "polling"],
    tryAllTransports: true,
  });
}

function onWake(networkChanged: () => void, lookedAt: () => void, lookedAway: () => void): () => void {
  const looked = () => (document.visibilityState === "visible" ? lookedAt() : lookedAway());
  const network = (navigator as { connection?: EventTarget }).connection;
  window.addEventListener("online", networkChanged);
  window.addEventListener("pageshow", looked);
  document.addEventListener("visibilitychange", looked);
  network?.addEventListener("change", networkChanged);
  return () => {
    window.removeEventListener("online", networkChanged);
    window.removeEventListener("pageshow", looked);
    document.removeEventListener("visibilitychange", looked);
    network?.removeEventListener("change", networkChanged);
  };
}
