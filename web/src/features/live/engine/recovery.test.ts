import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refused } from "../../../lib/api";
import { FakePeer, FakeServer, FakeShelf, openPage, refusal } from "./fakes";
import { waitBefore } from "./line";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const soon = () => vi.advanceTimersByTimeAsync(50);
const publishing = () => FakePeer.made.filter((peer) => peer.transceivers.length > 0);

async function inTheRoom(page = openPage()) {
  await page.engine.begin("live");
  await page.engine.enter();
  await soon();
  FakePeer.made.at(-1)?.becomes("connected");
  await soon();
  return page;
}

/** Media that flows while the line is away. */
function keepFlowing(peer = FakePeer.made[0]) {
  if (peer)
    Object.defineProperty(peer, "lastPacketReceivedTimestamp", {
      get: () => Date.now() + 10_000,
    });
}

describe("a dropped line", () => {
  it("comes back with the same token, and media that still flows is left alone", async () => {
    const { server, state } = await inTheRoom();
    keepFlowing();
    server.socket.drop();
    await vi.advanceTimersByTimeAsync(2500);
    expect(server.sockets.map((socket) => socket.token)).toEqual(["token of seat1", "token of seat1"]);
    expect(server.joins).toBe(1);
    expect(state().phase).toBe("live");
    expect(server.heard("publish")).toHaveLength(1);
  });

  it("does not trust media that was heard before it dropped and falls silent with it", async () => {
    // A server that restarts within a second, a tablet that changes its network: both were well a moment ago.
    const { server } = await inTheRoom();
    const [peer] = FakePeer.made;
    if (peer) peer.lastPacketReceivedTimestamp = performance.timeOrigin + performance.now();
    server.socket.drop();
    await vi.advanceTimersByTimeAsync(2500);
    expect(server.heard("publish")).toHaveLength(2);
  });

  it("is not worth a word when it is back at once", async () => {
    const { server, state } = await inTheRoom();
    keepFlowing();
    server.socket.drop();
    await vi.advanceTimersByTimeAsync(600);
    expect(state().note).toBeNull();
  });

  it("is said when it lasts, and again when it is back", async () => {
    const { server, state } = await inTheRoom();
    keepFlowing();
    server.reachable = false;
    server.socket.drop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(state()).toMatchObject({
      phase: "reconnecting",
      note: { kind: "lost" },
    });
    server.reachable = true;
    await vi.advanceTimersByTimeAsync(2500);
    expect(state()).toMatchObject({ phase: "live", note: { kind: "back" } });
  });

  it("is tried again for as long as the session runs, never more than two seconds apart", async () => {
    const { server, state } = await inTheRoom();
    server.reachable = false;
    server.socket.drop();
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(server.sockets.length).toBeGreaterThan(290);
    server.reachable = true;
    await vi.advanceTimersByTimeAsync(2100);
    publishing().at(-1)?.becomes("connected");
    await soon();
    expect(state().phase).toBe("live");
  });

  it("is noticed by an unanswered beat", async () => {
    const { server } = await inTheRoom();
    keepFlowing();
    server.silent = true;
    await vi.advanceTimersByTimeAsync(7200);
    server.silent = false;
    await vi.advanceTimersByTimeAsync(500);
    expect(server.sockets).toHaveLength(2);
  });

  it("is tried at once when the network is back or the page is looked at", async () => {
    const { server, wake } = await inTheRoom();
    server.reachable = false;
    server.socket.drop();
    await vi.advanceTimersByTimeAsync(60_000);
    const tried = server.sockets.length;
    wake.networkChanged();
    await vi.advanceTimersByTimeAsync(1);
    expect(server.sockets).toHaveLength(tried + 1);
  });

  it("waits 0.3 s before the first attempt and 2 s at most", () => {
    expect(waitBefore(0, () => 0)).toBe(300);
    expect(waitBefore(1, () => 0)).toBe(480);
    expect(waitBefore(50, () => 0)).toBe(2000);
    expect(waitBefore(50, () => 0.999)).toBeGreaterThan(1590);
  });
});

describe("a lost seat", () => {
  it("is taken anew by itself, without a device check, with fresh connections", async () => {
    const { server, state, shelf } = await inTheRoom();
    const phases: string[] = [];
    server.refuse = "seat-gone";
    server.socket.drop();
    for (let i = 0; i < 60; i += 1) {
      await vi.advanceTimersByTimeAsync(50);
      phases.push(state().phase);
    }
    publishing().at(-1)?.becomes("connected");
    await soon();
    expect(server.joins).toBe(2);
    expect(server.socket.token).toBe("token of seat2");
    expect(publishing()).toHaveLength(2);
    expect(phases).not.toContain("lobby");
    expect(state()).toMatchObject({ phase: "live", you: { seat_id: "seat2" } });
    expect([...shelf.kept.values()].join()).toContain("token of seat2");
  });

  it("is taken with one offer, though the network changed and the old connections failed at the same moment", async () => {
    const { server, wake, state } = await inTheRoom();
    FakePeer.made[0]?.becomes("disconnected");
    server.refuse = "seat-gone";
    server.socket.drop();
    await vi.advanceTimersByTimeAsync(400);
    wake.networkChanged();
    await vi.advanceTimersByTimeAsync(400);
    wake.networkChanged();
    await vi.advanceTimersByTimeAsync(1600);
    expect(server.heard("publish")).toHaveLength(2);
    expect(FakePeer.made.filter((peer) => peer.connectionState !== "closed")).toHaveLength(1);
    publishing().at(-1)?.becomes("connected");
    await soon();
    expect(state().phase).toBe("live");
  });

  it("is asked for until the server can be reached", async () => {
    const { server } = await inTheRoom();
    server.refuse = "seat-gone";
    const join = vi.spyOn(server, "join").mockRejectedValueOnce(new TypeError("Failed to fetch"));
    join.mockRejectedValueOnce(new Refused(refusal("busy", 503)));
    server.socket.drop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(join).toHaveBeenCalledTimes(3);
    expect(server.socket.connected).toBe(true);
  });

  it.each([
    ["session-over", "ended"],
    ["removed", "removed"],
    ["replaced", "replaced"],
  ])("is not asked for again after %s", async (word, phase) => {
    const { server, state } = await inTheRoom();
    server.refuse = word;
    server.socket.drop();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(state().phase).toBe(phase);
    expect(server.joins).toBe(1);
  });

  it("ends for good when joining again is refused", async () => {
    const { server, state } = await inTheRoom();
    server.refuse = "seat-gone";
    server.join = () => Promise.reject(new Refused(refusal("session-over", 409)));
    server.socket.drop();
    await vi.advanceTimersByTimeAsync(3000);
    expect(state().phase).toBe("ended");
  });
});

describe("a reload", () => {
  it("comes straight back to the same seat with the same switches", async () => {
    const server = new FakeServer();
    const shelf = new FakeShelf();
    const before = await inTheRoom(openPage(server, shelf));
    await before.engine.setCamera(false);
    await soon();
    before.engine.dispose();
    const after = openPage(server, shelf);
    await after.engine.begin("live");
    await soon();
    FakePeer.made[0]?.becomes("connected");
    expect(server.joins).toBe(1);
    expect(server.socket.token).toBe("token of seat1");
    // The server still holds the connection of the page before; this one needs its own.
    expect(server.heard("restart")).toEqual([{ fresh: true }]);
    expect(after.state()).toMatchObject({
      phase: "live",
      camera: { on: false },
      microphone: { on: true },
    });
  });
});

describe("a server that was killed and started again", () => {
  it("is known by its certificate: both connections are made fresh, well within ten seconds", async () => {
    const { server, state, engine } = await inTheRoom();
    engine.watch([{ seat_id: "ada", source: "camera", height: 300 }]);
    server.socket.hears("offer", { offer_id: 1, sdp: "one", fresh: true });
    await vi.advanceTimersByTimeAsync(300);
    FakePeer.made.at(-1)?.becomes("connected");
    server.reachable = false;
    server.socket.drop();
    await vi.advanceTimersByTimeAsync(3000);
    server.fingerprint = "BB:BB";
    server.reachable = true;
    await vi.advanceTimersByTimeAsync(2200);
    expect(server.joins).toBe(1);
    expect(publishing()).toHaveLength(2);
    expect(server.heard("restart").at(-1)).toEqual({ fresh: true });
    expect(server.heard("watch").at(-1)?.tiles).toHaveLength(1);
    expect(state().streams).toEqual({});
    publishing().at(-1)?.becomes("connected");
    await soon();
    expect(state().phase).toBe("live");
  });
});

describe("media trouble while the line stands", () => {
  it("is met with an ICE restart of both connections", async () => {
    const { server, wake } = await inTheRoom();
    server.socket.hears("offer", { offer_id: 1, sdp: "one", fresh: true });
    await soon();
    FakePeer.made.at(-1)?.becomes("connected");
    wake.networkChanged();
    await soon();
    expect(FakePeer.made[0]?.offers.at(-1)).toEqual({ iceRestart: true });
    expect(server.heard("restart")).toEqual([{}]);
  });

  it("heals by itself when it is short", async () => {
    await inTheRoom();
    FakePeer.made[0]?.becomes("disconnected");
    await vi.advanceTimersByTimeAsync(1000);
    FakePeer.made[0]?.becomes("connected");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(FakePeer.made[0]?.offers).toHaveLength(1);
  });

  it("gets a fresh connection when the restart did not help, and another until it does", async () => {
    const { server, state } = await inTheRoom();
    FakePeer.made[0]?.becomes("failed");
    await vi.advanceTimersByTimeAsync(1000);
    expect(state().phase).toBe("reconnecting");
    expect(FakePeer.made[0]?.offers).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(publishing().length).toBeGreaterThan(2);
    expect(server.heard("restart").at(-1)).toEqual({ fresh: true });
    publishing().at(-1)?.becomes("connected");
    await soon();
    expect(state().phase).toBe("live");
    const made = FakePeer.made.length;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(FakePeer.made).toHaveLength(made);
  });
});
