import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refused } from "../../../lib/api";
import {
  FakeChoices,
  FakeDoor,
  FakePeer,
  FakeServer,
  FakeShelf,
  FakeTrack,
  openPage,
  person,
  refusal,
} from "./fakes";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const soon = () => vi.advanceTimersByTimeAsync(50);

/** Presses Join and lets the media come up. */
async function inTheRoom(page = openPage()) {
  await page.engine.begin("live");
  await page.engine.enter();
  await soon();
  for (const peer of FakePeer.made) peer.becomes("connected");
  await soon();
  return page;
}

describe("coming in", () => {
  it("checks the devices first and takes no seat before Join is pressed", async () => {
    const page = openPage();
    await page.engine.begin("live");
    expect(page.state().phase).toBe("lobby");
    expect(page.state().microphone.track).not.toBeNull();
    expect(page.server.joins).toBe(0);
  });

  it("looks at the devices again first when that is asked for, although it was here before", async () => {
    const before = await inTheRoom();
    before.engine.dispose();
    const again = openPage(before.server, before.shelf);
    await again.engine.begin("live", true);
    expect(again.state().phase).toBe("lobby");
    await again.engine.enter();
    await soon();
    expect(again.server.joins).toBe(2);
  });

  it("takes a seat, publishes the microphone and the camera in layers, and is live", async () => {
    const page = await inTheRoom();
    expect(page.state().phase).toBe("live");
    expect(page.server.heard("publish")[0]?.tracks).toEqual([
      { mid: "0", source: "microphone" },
      { mid: "1", source: "camera" },
    ]);
    const camera = FakePeer.made[0]?.transceivers[1];
    expect(camera?.init.sendEncodings?.map(({ rid, active }) => [rid, active])).toEqual([
      ["q", true],
      ["h", true],
      ["f", false],
    ]);
    expect(page.server.heard("state").at(-1)).toEqual({
      microphone: true,
      camera: true,
      screen: false,
    });
  });

  it("waits in the lobby before the start, and goes in by itself when it begins", async () => {
    const server = new FakeServer();
    server.state = "scheduled";
    const page = openPage(server);
    await page.engine.begin("scheduled");
    await soon();
    expect(page.state().phase).toBe("lobby");
    expect(server.heard("publish")).toHaveLength(0);
    server.state = "live";
    server.socket.hears("started");
    await soon();
    FakePeer.made[0]?.becomes("connected");
    expect(page.state().phase).toBe("live");
    expect(server.heard("publish")).toHaveLength(1);
  });

  it("comes in as a listener when camera and microphone are refused, and says why", async () => {
    const door = new FakeDoor();
    door.fail = { audio: "NotAllowedError", video: "NotFoundError" };
    const page = await inTheRoom(openPage(new FakeServer(), new FakeShelf(), door));
    expect(page.state().phase).toBe("live");
    expect(page.state().microphone.problem).toBe("refused");
    expect(page.state().camera.problem).toBe("missing");
    expect(page.server.heard("state").at(-1)).toEqual({
      microphone: false,
      camera: false,
      screen: false,
    });
  });

  it("lets people in with a word when media cannot get through", async () => {
    const page = openPage();
    await page.engine.begin("live");
    await page.engine.enter();
    await vi.advanceTimersByTimeAsync(9000);
    expect(page.state()).toMatchObject({ phase: "live", mediaTrouble: true });
    FakePeer.made.at(-1)?.becomes("connected");
    expect(page.state().mediaTrouble).toBe(false);
  });

  it("tells a person at a closed door what the server said", async () => {
    const server = new FakeServer();
    const problem = refusal("not-enrolled", 403);
    server.join = () => Promise.reject(new Refused(problem));
    const page = openPage(server);
    await page.engine.begin("live");
    await page.engine.enter();
    expect(page.state()).toMatchObject({ phase: "failed", problem });
  });

  it("knocks again at a room that opens in a moment", async () => {
    const server = new FakeServer();
    server.state = "scheduled";
    vi.spyOn(server, "join").mockRejectedValueOnce(new Refused(refusal("not-open-yet", 409)));
    const page = openPage(server);
    await page.engine.begin("scheduled");
    expect(page.state().phase).toBe("joining");
    await vi.advanceTimersByTimeAsync(5100);
    expect(page.state().phase).toBe("lobby");
  });

  it("is over at once for a session that has ended", async () => {
    const page = openPage();
    await page.engine.begin("ended");
    expect(page.state().phase).toBe("ended");
  });
});

describe("what the device remembers", () => {
  it("is what was chosen when Join was pressed, and comes back the next time", async () => {
    const page = openPage();
    await page.engine.begin("live");
    await page.engine.setCamera(false);
    await page.engine.choose("microphone", "headset");
    await page.engine.enter();
    await soon();
    await page.engine.setMicrophone(false);
    await page.engine.leave();
    const again = openPage(page.server, new FakeShelf(), page.door, page.choices);
    await again.engine.begin("live");
    expect(again.state()).toMatchObject({
      phase: "lobby",
      microphone: { on: true, deviceId: "headset" },
      camera: { on: false, track: null },
    });
  });

  it("may leave out the device check, unless that is asked for", async () => {
    const choices = new FakeChoices();
    choices.keep({ straightIn: true });
    const page = openPage(new FakeServer(), new FakeShelf(), new FakeDoor(), choices);
    await page.engine.begin("live");
    await soon();
    expect(page.server.joins).toBe(1);
    const checking = openPage(page.server, new FakeShelf(), new FakeDoor(), choices);
    await checking.engine.begin("live", true);
    expect(checking.state().phase).toBe("lobby");
    expect(page.server.joins).toBe(1);
  });

  it("opens no camera for sound only, and gives it back in the device check", async () => {
    const choices = new FakeChoices();
    choices.keep({ thrift: "sound" });
    const page = openPage(new FakeServer(), new FakeShelf(), new FakeDoor(), choices);
    await page.engine.begin("live");
    expect(page.door.asked.some(({ video }) => video)).toBe(false);
    await page.engine.setThrift("none");
    expect(page.state().camera.track).not.toBeNull();
    expect(choices.kept.thrift).toBe("none");
  });
});

describe("in the room", () => {
  it("answers the server's offers in order and shows who is on which line", async () => {
    const { server, state } = await inTheRoom();
    server.socket.hears("slots", {
      slots: [
        {
          mid: "0",
          kind: "audio",
          seat_id: "ada",
          source: "microphone",
          paused: false,
        },
        {
          mid: "1",
          kind: "video",
          seat_id: "ada",
          source: "camera",
          paused: false,
        },
        { mid: "2", kind: "video", seat_id: null, source: null, paused: true },
      ],
    });
    server.socket.hears("offer", { offer_id: 1, sdp: "one", fresh: true });
    server.socket.hears("offer", { offer_id: 2, sdp: "two", fresh: false });
    await soon();
    expect(server.heard("answer")).toEqual([
      { offer_id: 1, sdp: "answer to one" },
      { offer_id: 2, sdp: "answer to two" },
    ]);
    const receiving = FakePeer.made.at(-1);
    receiving?.brings("1", "video");
    expect(Object.keys(state().streams)).toEqual(["ada/camera"]);
  });

  it("moves a picture when a line is given to somebody else, and marks one that is held back", async () => {
    const { server, state } = await inTheRoom();
    const slot = { mid: "0", kind: "video", source: "camera", paused: false };
    server.socket.hears("offer", { offer_id: 1, sdp: "one", fresh: true });
    server.socket.hears("slots", { slots: [{ ...slot, seat_id: "ada" }] });
    await soon();
    FakePeer.made.at(-1)?.brings("0", "video");
    const stream = state().streams["ada/camera"];
    server.socket.hears("slots", {
      slots: [{ ...slot, seat_id: "cem", paused: true }],
    });
    expect(state().streams).toEqual({ "cem/camera": stream });
    expect(state().paused).toEqual({ "cem/camera": true });
  });

  it("plays each line of sound, and drops them all with a fresh connection", async () => {
    const { server, sounds } = await inTheRoom();
    server.socket.hears("offer", { offer_id: 1, sdp: "one", fresh: true });
    await soon();
    FakePeer.made.at(-1)?.brings("0", "audio");
    expect(sounds).toHaveLength(1);
    server.socket.hears("offer", { offer_id: 2, sdp: "two", fresh: true });
    await soon();
    expect(sounds[0]?.srcObject).toBeNull();
  });

  it("follows people as they come, change and go", async () => {
    const { server, state } = await inTheRoom();
    server.socket.hears("person", person("cem"));
    server.socket.hears("speaking", { seats: ["seat1", "cem"] });
    server.socket.hears("quality", { cem: "poor" });
    expect(state().people.cem?.quality).toBe("poor");
    expect(state().lastSpeaker).toBe("cem");
    server.socket.hears("speaking", { seats: [] });
    expect(state().lastSpeaker).toBe("cem");
    server.socket.hears("gone", { seat_id: "cem" });
    expect(state().people.cem).toBeUndefined();
    expect(state().lastSpeaker).toBeNull();
  });

  it("asks, back from a breakout room, for all that was said in the main room meanwhile", async () => {
    const { server } = await inTheRoom();
    const said = { user_id: "ada", name: "Ada", staff: true, to: "everyone", text: "Hello", image: false };
    const heard = (seq: number, breakout_id: string | null) =>
      server.socket.hears("chat", { messages: [{ ...said, id: `m${seq}`, seq, rev: seq, breakout_id }] });
    heard(5, null);
    server.breakout = "room1";
    server.snapshot();
    heard(90, "room1");
    server.breakout = null;
    server.snapshot();
    await soon();
    expect(server.heard("history").at(-1)).toEqual({ since: 5 });
  });

  it("is muted by staff and can unmute again", async () => {
    const { server, state, engine } = await inTheRoom();
    server.socket.hears("muted", { source: "microphone", by: "Ada" });
    await soon();
    expect(state().microphone).toMatchObject({
      on: false,
      track: { enabled: false },
    });
    expect(state().note).toMatchObject({ kind: "muted", by: "Ada" });
    expect(server.heard("state").at(-1)?.microphone).toBe(false);
    await engine.setMicrophone(true);
    await soon();
    expect(state().microphone.track?.enabled).toBe(true);
    expect(server.heard("state").at(-1)?.microphone).toBe(true);
  });

  it("lets go of the camera when video is stopped, and takes it again", async () => {
    const { server, state, engine } = await inTheRoom();
    const track = state().camera.track;
    await engine.setCamera(false);
    await soon();
    expect(track?.readyState).toBe("ended");
    expect(FakePeer.made[0]?.transceivers[1]?.track).toBeNull();
    expect(server.heard("state").at(-1)?.camera).toBe(false);
    await engine.setCamera(true);
    await soon();
    expect(FakePeer.made[0]?.transceivers[1]?.track).toBe(state().camera.track);
  });

  it("adds a line for a shared screen and uses it again for the next share", async () => {
    const { server, state, engine } = await inTheRoom();
    await engine.media.shareScreen();
    await soon();
    expect(server.heard("publish").at(-1)?.tracks).toContainEqual({
      mid: "2",
      source: "screen",
    });
    expect(state().screen.track?.contentHint).toBe("detail");
    engine.media.stopScreen();
    await soon();
    expect(server.heard("publish").at(-1)?.tracks).toHaveLength(2);
    await engine.media.shareScreen();
    await soon();
    expect(server.heard("publish").at(-1)?.tracks).toContainEqual({
      mid: "2",
      source: "screen",
    });
    expect(FakePeer.made[0]?.transceivers).toHaveLength(3);
  });

  it("keeps the letters of a screen sharp", async () => {
    const { engine } = await inTheRoom();
    await engine.media.shareScreen();
    await soon();
    const screen = FakePeer.made[0]?.transceivers[2];
    expect(screen?.init.sendEncodings).toEqual([
      { maxBitrate: 2_500_000, maxFramerate: 15, scaleResolutionDownBy: 1 },
    ]);
    expect(screen?.parameters).toMatchObject({ degradationPreference: "maintain-resolution" });
  });

  it("sends the sound of a screen with the voice, of which muting silences the voice alone", async () => {
    const page = await inTheRoom();
    const { engine, state, door, mixes } = page;
    const line = () => FakePeer.made[0]?.transceivers[0]?.track;
    const voice = state().microphone.track;
    const sound = (door.screenSound = new FakeTrack("audio"));
    await engine.media.shareScreen();
    await soon();
    expect(door.shared[0]).toMatchObject({ selfBrowserSurface: "exclude", systemAudio: "exclude" });
    const [mix] = mixes;
    expect(mix?.screen).toBe(sound);
    expect(mix?.voice).toBe(voice);
    expect(line()).toBe(mix?.track);
    await engine.setMicrophone(false);
    expect(voice?.enabled).toBe(false);
    expect(mix?.track.enabled).toBe(true);
    expect(line()).toBe(mix?.track);
    await engine.choose("microphone", "headset");
    await engine.setMicrophone(true);
    await soon();
    expect(mix?.voice).toBe(state().microphone.track);
    expect(line()).toBe(mix?.track);
    engine.media.stopScreen();
    await soon();
    expect(mix?.closed).toBe(true);
    expect(sound.readyState).toBe("ended");
    expect(line()).toBe(state().microphone.track);
  });

  it("does not call it a failure when the person closes the picker of the screen", async () => {
    const page = await inTheRoom();
    page.door.fail.screen = "NotAllowedError";
    expect(await page.engine.media.shareScreen()).toBe(false);
    expect(page.state().screen).toMatchObject({ on: false, problem: null });
  });

  it("tells the server which pictures are shown once a resize has settled", async () => {
    const { server, engine } = await inTheRoom();
    const before = server.heard("watch").length;
    for (const height of [100, 200, 300]) engine.watch([{ seat_id: "ada", source: "camera", height }]);
    await vi.advanceTimersByTimeAsync(200);
    engine.watch([{ seat_id: "ada", source: "camera", height: 300 }]);
    await vi.advanceTimersByTimeAsync(200);
    expect(server.heard("watch").slice(before)).toEqual([
      { tiles: [{ seat_id: "ada", source: "camera", height: 300 }] },
    ]);
  });

  it("asks for no picture and sends none with sound only, until the person wants to be seen", async () => {
    const { server, engine, state } = await inTheRoom();
    engine.watch([{ seat_id: "ada", source: "camera", height: 300 }]);
    await engine.setThrift("sound");
    await vi.advanceTimersByTimeAsync(200);
    expect(server.heard("watch").at(-1)).toEqual({ tiles: [] });
    expect(server.heard("state").at(-1)?.camera).toBe(false);
    expect(state().camera.track).toBeNull();
    await engine.setCamera(true);
    await vi.advanceTimersByTimeAsync(200);
    expect(state().thrift).toBe("none");
    expect(server.heard("watch").at(-1)?.tiles).toHaveLength(1);
  });

  it("sends one small layer of the camera while saving data", async () => {
    const { engine } = await inTheRoom();
    const camera = FakePeer.made[0]?.transceivers[1];
    const active = () => camera?.init.sendEncodings?.map(({ rid, active }) => [rid, active]);
    await engine.setThrift("save");
    expect(active()).toEqual([
      ["q", true],
      ["h", false],
      ["f", false],
    ]);
    await engine.setThrift("none");
    expect(active()?.filter(([, on]) => on)).toHaveLength(2);
  });

  it("asks for nothing but sound while the page is hidden", async () => {
    const { server, engine, wake } = await inTheRoom();
    engine.watch([{ seat_id: "ada", source: "camera", height: 300 }]);
    await vi.advanceTimersByTimeAsync(200);
    wake.lookedAway();
    await vi.advanceTimersByTimeAsync(6000);
    expect(server.heard("watch").at(-1)).toEqual({ tiles: [] });
    wake.lookedAt();
    await vi.advanceTimersByTimeAsync(100);
    expect(server.heard("watch").at(-1)?.tiles).toHaveLength(1);
  });

  it("gives the stage to who leads when several speak at once", async () => {
    const { server, state } = await inTheRoom();
    server.socket.hears("person", person("cem"));
    server.socket.hears("speaking", { seats: ["cem", "ada"] });
    expect(state().lastSpeaker).toBe("ada");
  });

  it("gives it to a host who is no staff before everybody else", async () => {
    const { server, state } = await inTheRoom();
    server.socket.hears("person", person("cem"));
    server.socket.hears("person", person("dai", { host: true }));
    server.socket.hears("speaking", { seats: ["cem", "dai"] });
    expect(state().lastSpeaker).toBe("dai");
  });

  it("beats every three seconds", async () => {
    const { server } = await inTheRoom();
    await vi.advanceTimersByTimeAsync(9000);
    expect(server.heard("beat").length).toBe(3);
  });
});

describe("what is pressed", () => {
  it("is answered with a word when it did not reach the server", async () => {
    const { engine, server, state } = await inTheRoom();
    server.reachable = false;
    server.socket.drop();
    await engine.act("raise_hand", { up: true });
    expect(state().note).toMatchObject({ kind: "unsent" });
    const first = state().note?.count;
    await engine.act("raise_hand", { up: true });
    expect(state().note?.count).not.toBe(first);
  });

  it("says why when the server said no, and nothing when it was done", async () => {
    const { engine, state } = await inTheRoom();
    await engine.act("raise_hand", { up: true });
    expect(state().note).toBeNull();
    const problem = refusal("too-many", 429);
    vi.spyOn(engine, "ask").mockRejectedValueOnce(new Refused(problem));
    await engine.act("raise_hand", { up: true });
    expect(state().note).toMatchObject({ kind: "refused", problem });
  });

  it("says nothing once the room is left", async () => {
    const { engine, state } = await inTheRoom();
    await engine.leave();
    await engine.act("raise_hand", { up: true });
    expect(state().note).toBeNull();
  });
});

describe("going out", () => {
  it("says so when leaving, and forgets the seat", async () => {
    const { engine, server, shelf, state } = await inTheRoom();
    const track = state().microphone.track;
    await engine.leave();
    expect(server.heard("leave")).toHaveLength(1);
    expect(state().phase).toBe("left");
    expect(track?.readyState).toBe("ended");
    expect(shelf.kept.size).toBe(0);
  });

  it.each([
    ["ended", "ended"],
    ["removed", "removed"],
    ["replaced", "replaced"],
  ])("stops for good when the server says %s", async (word, phase) => {
    const { server, state } = await inTheRoom();
    server.socket.hears(word);
    server.socket.drop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state().phase).toBe(phase);
    expect(server.sockets).toHaveLength(1);
    expect(state().camera.track).toBeNull();
  });

  it("sends nothing when the page is put away, and keeps the seat for the reload", async () => {
    const { engine, server, shelf } = await inTheRoom();
    const sent = server.socket.sent.length;
    engine.dispose();
    expect(server.socket.sent).toHaveLength(sent);
    expect(shelf.kept.size).toBe(1);
  });
});
