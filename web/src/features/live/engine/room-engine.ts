/**
 * One person's way through one session: seat, line, media, recovery. Without React; the screens read `store` and call
 * the verbs below. Everything outside is handed in as a door, so that a test can stand behind each of them.
 */
import type { Problem } from "../../../contract/types";
import { Refused } from "../../../lib/api";
import { Beat } from "./beat";
import { Floor } from "./floor";
import { Line, LineLost, type OpenSocket } from "./line";
import { LocalMedia, type MediaDoor, type NewMix } from "./local-media";
import { Loudspeaker, type SoundElement } from "./loudspeaker";
import { type Health, Mending } from "./mending";
import { switchesOf, withoutSeat, withPerson, withQuality, withSnapshot } from "./people";
import {
  type RoomSession,
  type Seat,
  type SeatId,
  type ServerEvents,
  slugOf,
  type Source,
  type WatchedTile,
} from "./protocol";
import { type NewPeer, Publisher } from "./publisher";
import { type Choices, SeatKeeper } from "./seat-keeper";
import type { Shelf } from "./seat-memory";
import {
  createRoomStore,
  isInside,
  isOver,
  type Phase,
  type RoomState,
  type RoomStore,
  type Saying,
} from "./state";
import { Subscriber } from "./subscriber";
import { layersSent, type Thrift } from "./thrift";
import { Watch } from "./watch";

export interface RoomDoors {
  sessionId: string;
  /** Takes a seat. Rejects with `Refused` when the server said no, with anything else when it could not be asked. */
  join(): Promise<Seat>;
  openSocket: OpenSocket;
  newPeer: NewPeer;
  newSound: () => SoundElement;
  newStream?: (track: MediaStreamTrack) => MediaStream;
  newMix?: NewMix;
  media: MediaDoor | undefined;
  shelf: Shelf;
  choices: ChoiceShelf;
  /** Calls back when the network changed or the page is looked at again; returns how to stop that. */
  onWake(networkChanged: () => void, lookedAt: () => void, lookedAway: () => void): () => void;
}

/** What was chosen in the device check, for the next time on this device. */
export interface DeviceChoices extends Choices {
  speakerId: string | null;
  thrift: Thrift;
  /** The device check is left out: the press of Join was enough. */
  straightIn: boolean;
}

export interface ChoiceShelf {
  recall(): DeviceChoices;
  keep(change: Partial<DeviceChoices>): void;
}

/** A dropped line that is back this soon is not worth a word. */
const GRACE = 700;
/** People are let in even if media has not come up by then. */
const MEDIA_BY = 8000;
const OVER_SLUGS: Record<string, Phase> = {
  "session-over": "ended",
  "session-ended": "ended",
  "session-cancelled": "ended",
  removed: "removed",
  replaced: "replaced",
};

export class RoomEngine {
  readonly store: RoomStore = createRoomStore();
  readonly media: LocalMedia;
  readonly #seats: SeatKeeper;
  readonly #line: Line;
  readonly #publisher: Publisher;
  readonly #mending: Mending;
  readonly #loudspeaker: Loudspeaker;
  readonly #beat: Beat;
  readonly #watch: Watch;
  readonly #subscriber: Subscriber;
  readonly #floor = new Floor((lastSpeaker) => this.store.setState({ lastSpeaker }));
  readonly #undo: (() => void)[] = [];
  /** The seat our media connections were made for. */
  #mediaSeat: SeatId | null = null;
  /** True from the snapshot on, until the line drops. */
  #inSync = false;
  #toldSwitches = "";
  #notes = 0;
  #cameraBefore = true;
  #graceTimer: ReturnType<typeof setTimeout> | undefined;
  #mediaTimer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(private readonly doors: RoomDoors) {
    this.#seats = new SeatKeeper(doors.shelf, doors.sessionId, {
      join: () => doors.join(),
      choices: () => choicesOf(this.store.getState()),
      taken: () => this.#line.start(),
      closed: (problem) => this.#doorClosed(problem),
    });
    this.#line = new Line(doors.openSocket, {
      token: () => this.#seats.seat?.token ?? null,
      up: () => this.#beat.start(),
      down: () => this.#lineDown(),
      refused: (word) => this.#handshakeRefused(word),
      event: (name, payload) => this.#hear(name, payload),
    });
    this.#loudspeaker = new Loudspeaker(doors.newSound, (soundBlocked) =>
      this.store.setState({ soundBlocked }),
    );
    this.#publisher = new Publisher(
      doors.newPeer,
      (offer) => this.#line.ask("publish", offer),
      () => this.#mending.look(),
    );
    this.#subscriber = new Subscriber(
      doors.newPeer,
      {
        answer: (answer) => this.#line.ask("answer", answer),
        broken: () => this.#mending.renewReceiving(),
        onState: () => this.#mending.look(),
        pictures: (pictures) => this.store.setState(pictures),
        sound: (mid, stream) => this.#loudspeaker.play(mid, stream),
      },
      doors.newStream,
    );
    this.#mending = new Mending(this.#publisher, this.#subscriber, {
      askRestart: (fresh) => this.#line.ask("restart", fresh ? { fresh } : {}),
      iceServers: () => this.#seats.seat?.ice_servers ?? [],
      lineUp: () => this.#line.up && this.#inSync,
      onHealth: (health) => this.#mediaHealth(health),
      refused: (error) => this.#mediaRefused(error),
    });
    this.media = new LocalMedia(
      this.store,
      doors.media,
      (source, track) => void this.#send(source, track),
      doors.newMix,
    );
    this.#watch = new Watch((tiles) => this.#line.ask("watch", { tiles }));
    this.#beat = new Beat(
      (within) => this.#line.ask("beat", {}, within),
      (now) => this.store.setState({ clockOffset: Date.parse(now) - Date.now() }),
      () => this.#line.giveUpOnSocket(),
    );
    this.#undo.push(
      doors.onWake(
        () => this.#networkChanged(),
        () => this.#lookedAt(),
        () => this.#watch.lookedAway(),
      ),
      this.store.subscribe(() => this.#ownStateChanged()),
    );
  }

  /** Called once, with the session as the page knows it. Never rejects. */
  async begin(state: RoomSession["state"], check = false): Promise<void> {
    if (state === "ended" || state === "cancelled") return this.#finish("ended");
    // Who asked to look at camera and sound first is not put before the others by a remembered seat.
    const kept = check && state === "live" ? null : this.#seats.recall();
    const last = this.doors.choices.recall();
    this.#use(kept ?? last, last);
    if (kept) {
      this.#line.start();
    } else if (state === "live") {
      // Sitting in the device check is not being present: the seat is taken by the press of Join.
      this.#phase("lobby");
      if (last.straightIn && !check) void this.enter();
    } else {
      void this.#seats.take();
    }
    await this.media.open();
  }

  #use(choices: Choices, { speakerId, thrift }: DeviceChoices): void {
    const camera = choices.camera && thrift !== "sound";
    this.store.setState((now) => ({
      microphone: { ...now.microphone, on: choices.microphone, deviceId: choices.microphoneId },
      camera: { ...now.camera, on: camera, deviceId: choices.cameraId },
      thrift,
    }));
    this.#watch.save(thrift);
    void this.#publisher.limit(layersSent(thrift));
    if (speakerId) this.chooseSpeaker(speakerId);
  }

  /** The press of "Join now". */
  async enter(): Promise<void> {
    if (this.store.getState().phase !== "lobby" || this.#seats.seat) return;
    this.doors.choices.keep(choicesOf(this.store.getState()));
    this.#phase("connecting");
    await this.#seats.take();
  }

  /** The person talks, but is muted. */
  noticeTalking(): void {
    this.#say({ kind: "talking" });
  }

  async leave(): Promise<void> {
    await this.#line.ask("leave", {}, 1000).catch(() => undefined);
    this.#finish("left");
  }

  /** Puts everything away without a word to the server: the seat stays ours for a reload. */
  dispose(): void {
    this.#stopped = true;
    this.#seats.stop(false);
    this.#stopAll();
  }

  async setMicrophone(on: boolean): Promise<void> {
    await this.media.setMicrophone(on);
  }

  async setCamera(on: boolean): Promise<void> {
    // Who wants to be seen no longer wants sound alone.
    if (on && this.store.getState().thrift === "sound") await this.setThrift("none");
    await this.media.setCamera(on);
  }

  async choose(device: "microphone" | "camera", deviceId: string): Promise<void> {
    this.doors.choices.keep({ [`${device}Id`]: deviceId });
    await this.media.choose(device, deviceId);
  }

  chooseSpeaker(deviceId: string): void {
    this.doors.choices.keep({ speakerId: deviceId });
    this.store.setState({ speakerId: deviceId });
    void this.#loudspeaker.choose(deviceId);
  }

  turnOnSound(): void {
    void this.#loudspeaker.turnOn();
  }

  watch(tiles: WatchedTile[]): void {
    this.#watch.show(tiles);
  }

  /** What stands in a window of its own and is seen also when the page is not. */
  watchApart(tiles: WatchedTile[]): void {
    this.#watch.showApart(tiles);
  }

  /** With sound only, no picture is sent either; in the device check the camera comes back with the pictures. */
  async setThrift(thrift: Thrift): Promise<void> {
    const { thrift: before, camera, phase } = this.store.getState();
    if (before !== "sound") this.#cameraBefore = camera.on;
    this.store.setState({ thrift });
    this.doors.choices.keep({ thrift });
    this.#watch.save(thrift);
    await this.#publisher.limit(layersSent(thrift));
    if (thrift === "sound") await this.media.setCamera(false);
    else if (before === "sound" && phase === "lobby") await this.media.setCamera(this.#cameraBefore);
  }

  mute(seat: SeatId, source: Source): Promise<unknown> {
    return this.#asStaff(() => this.#line.ask("mute", { seat_id: seat, source }));
  }

  remove(seat: SeatId): Promise<unknown> {
    return this.#asStaff(() => this.#line.ask("remove", { seat_id: seat }));
  }

  // ---- the seat ----

  #doorClosed(problem: Problem): void {
    this.store.setState({ problem });
    this.#finish(OVER_SLUGS[slugOf(problem)] ?? "failed");
  }

  #handshakeRefused(word: string): void {
    const phase = OVER_SLUGS[word];
    if (phase) this.#finish(phase);
    else void this.#seats.replace();
  }

  // ---- what the server says ----

  #hear<E extends keyof ServerEvents>(name: E, payload: ServerEvents[E]): void {
    // A table instead of a switch, so that each word has its type.
    const ears: {
      [K in keyof ServerEvents]: (heard: ServerEvents[K]) => void;
    } = {
      room: (room) => {
        this.store.setState(withSnapshot(room, Date.now()));
        this.#seats.settled();
        this.#floor.hear(this.#others(room.speaking));
        this.#arrange();
      },
      person: (person) => this.store.setState((state) => withPerson(state, person)),
      gone: ({ seat_id }) => {
        this.store.setState((state) => withoutSeat(state, seat_id));
        this.#floor.gone(seat_id);
      },
      offer: (offer) => void this.#subscriber.hear(offer),
      slots: ({ slots }) => this.#subscriber.setSlots(slots),
      speaking: ({ seats }) => {
        this.store.setState({ speaking: seats });
        this.#floor.hear(this.#others(seats));
      },
      quality: (levels) => this.store.setState((state) => withQuality(state, levels)),
      muted: ({ source, by }) => this.#mutedByStaff(source, by),
      removed: () => this.#finish("removed"),
      replaced: () => this.#finish("replaced"),
      closed: ({ problem }) => this.#doorClosed(problem),
      started: () => this.#started(),
      ended: () => this.#finish("ended"),
      // The line will drop in a moment and come back by itself; there is nothing to do before.
      draining: () => undefined,
    };
    ears[name](payload);
  }

  /** Loudest first, but who leads before the others: of several voices at once, the stage shows theirs. */
  #others(seats: SeatId[]): SeatId[] {
    const { people } = this.store.getState();
    const rank = (seat: SeatId) => (people[seat]?.role === "staff" ? 0 : 1);
    return seats.filter((seat) => seat !== this.#seats.seat?.seat_id).sort((a, b) => rank(a) - rank(b));
  }

  #started(): void {
    this.store.setState((state) => ({
      session: state.session && {
        ...state.session,
        state: "live",
        started_at: new Date().toISOString(),
      },
    }));
    this.#arrange();
  }

  #mutedByStaff(source: Source, by: string): void {
    if (source === "microphone") void this.media.setMicrophone(false);
    if (source === "camera") void this.media.setCamera(false);
    if (source === "screen") this.media.stopScreen();
    this.#say({ kind: "muted", source, by });
  }

  /** Brings us to where the session is: the lobby, the room, or out of it. */
  #arrange(): void {
    const { session } = this.store.getState();
    if (!session) return;
    if (session.state === "scheduled") return this.#phase("lobby");
    if (session.state !== "live") return this.#finish("ended");
    if (this.#inSync) return;
    this.#inSync = true;
    void this.#bringUpMedia();
  }

  async #bringUpMedia(): Promise<void> {
    const seat = this.#seats.seat?.seat_id ?? null;
    const isNew = this.#mediaSeat !== seat;
    this.#mediaSeat = seat;
    if (!isInside(this.store.getState().phase)) this.#phase("connecting");
    clearTimeout(this.#mediaTimer);
    this.#mediaTimer = setTimeout(() => this.#mediaLate(), MEDIA_BY);
    try {
      if (isNew) await this.#mending.begin(this.#seats.recalled);
      else await this.#mending.resume();
    } catch (error) {
      if (!(error instanceof LineLost)) this.#mediaRefused(error);
    }
    if (!this.#line.up || !this.#inSync) return;
    this.#toldSwitches = "";
    this.#ownStateChanged();
    this.#watch.repeat();
    this.#mediaHealth(this.#mending.health);
  }

  // ---- line and media, up and down ----

  #lineDown(): void {
    this.#inSync = false;
    this.#beat.stop();
    this.#loseSoon();
  }

  #networkChanged(): void {
    this.#line.nudge();
    this.#mending.restart();
  }

  #lookedAt(): void {
    this.#watch.lookedAt();
    if (this.#line.up) this.#beat.check();
    else this.#line.nudge();
  }

  #mediaHealth(health: Health): void {
    if (health === "down") return this.#loseSoon();
    if (health === "up" && this.#line.up && this.#inSync) this.#inside(false);
  }

  /** Media cannot get through (a strict network), but the person is in the room and is told. */
  #mediaLate(): void {
    if (this.#line.up && this.#inSync && this.#mending.health !== "up") this.#inside(true);
  }

  #mediaRefused(error: unknown): void {
    if (error instanceof Refused) this.#say({ kind: "refused", problem: error.problem });
    this.#mediaLate();
  }

  #inside(mediaTrouble: boolean): void {
    clearTimeout(this.#graceTimer);
    if (!mediaTrouble) clearTimeout(this.#mediaTimer);
    const { phase, cameInAt } = this.store.getState();
    this.store.setState({ mediaTrouble, cameInAt: cameInAt ?? Date.now() });
    if (phase === "reconnecting" && !mediaTrouble) this.#say({ kind: "back" });
    this.#phase("live");
  }

  #loseSoon(): void {
    clearTimeout(this.#graceTimer);
    this.#graceTimer = setTimeout(() => {
      const fine = this.#line.up && this.#inSync && this.#mending.health !== "down";
      if (fine || this.store.getState().phase !== "live") return;
      this.#say({ kind: "lost" });
      this.#phase("reconnecting");
    }, GRACE);
  }

  // ---- my own side ----

  async #send(source: Source, track: MediaStreamTrack | null): Promise<void> {
    try {
      await this.#publisher.setTrack(source, track);
    } catch (error) {
      if (!(error instanceof Refused)) return;
      this.#say({ kind: "refused", problem: error.problem });
      if (source === "screen") this.media.stopScreen();
    }
  }

  #ownStateChanged(): void {
    const state = this.store.getState();
    const choices = JSON.stringify([switchesOf(state), choicesOf(state)]);
    if (!this.#inSync || choices === this.#toldSwitches) return;
    this.#toldSwitches = choices;
    this.#seats.remember();
    this.#line.ask("state", switchesOf(state)).catch(() => {
      if (this.#toldSwitches === choices) this.#toldSwitches = "";
    });
  }

  async #asStaff(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (error instanceof Refused) this.#say({ kind: "refused", problem: error.problem });
    }
  }

  #say(saying: Saying): void {
    this.#notes += 1;
    this.store.setState({ note: { ...saying, count: this.#notes } });
  }

  #phase(phase: Phase): void {
    if (!isOver(this.store.getState().phase)) this.store.setState({ phase });
  }

  #finish(phase: Phase): void {
    if (this.#stopped) return;
    this.#stopped = true;
    // A seat that another page took over may be asked back; every other end is final.
    this.#seats.stop(phase !== "replaced");
    if (phase === "ended" && isInside(this.store.getState().phase)) this.#say({ kind: "ended" });
    this.#phase(phase);
    this.#stopAll();
  }

  #stopAll(): void {
    clearTimeout(this.#graceTimer);
    clearTimeout(this.#mediaTimer);
    for (const undo of this.#undo.splice(0)) undo();
    this.#beat.stop();
    this.#watch.stop();
    this.#floor.stop();
    this.#line.stop();
    this.#mending.stop();
    this.#loudspeaker.close();
    this.media.close();
  }
}

const choicesOf = ({ microphone, camera }: RoomState) => ({
  microphone: microphone.on,
  camera: camera.on,
  microphoneId: microphone.deviceId,
  cameraId: camera.deviceId,
});
