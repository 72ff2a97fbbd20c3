/**
 * One person's way through one session: seat, line, media, recovery. Without React; the screens read `store` and call
 * the verbs below. Everything outside is handed in as a door, so that a test can stand behind each of them.
 */
import type { Problem } from "../../../contract/types";
import { Refused } from "../../../lib/api";
import { Beat } from "./beat";
import { Conversation } from "./conversation";
import { Documents } from "./documents";
import { Floor } from "./floor";
import { Line, LineLost, type OpenSocket } from "./line";
import { LocalMedia, type MediaDoor, type NewMix } from "./local-media";
import { Loudspeaker, type SoundElement } from "./loudspeaker";
import { type Health, Mending } from "./mending";
import {
  choicesOf,
  standing,
  switchesOf,
  withoutSeat,
  withPerson,
  withQuality,
  withSnapshot,
} from "./people";
import {
  type ClientEvents,
  type DocumentView,
  type RoomSession,
  type Seat,
  type SeatId,
  type ServerEvents,
  slugOf,
  type Source,
  type WatchedTile,
} from "./protocol";
import { type NewPeer, Publisher } from "./publisher";
import { mayUse } from "./rules";
import { type Choices, SeatKeeper } from "./seat-keeper";
import type { Shelf } from "./seat-memory";
import type { SpeechProblem } from "./speech";
import { createRoomStore, isInside, isOver, type Phase, type RoomStore, type Saying } from "./state";
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
  "sent-out": "sent_out",
  "turned-away": "turned_away",
};

export class RoomEngine {
  readonly store: RoomStore = createRoomStore();
  readonly media: LocalMedia;
  /** What is said, asked and written down. */
  readonly talk = new Conversation(
    this.store,
    (event, said) => this.ask(event, said),
    () => this.#stopped,
  );
  readonly documents = new Documents(this.store, (event, said) => this.ask(event, said));
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

  /** Whether the browser turns one's own speech into captions; for this visit, or why not. */
  setSpeech(on: boolean, problem: SpeechProblem | null = null): void {
    this.store.setState({ speech: { on, problem } });
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

  /** In the room, what the rules keep shut is not switched on; why is said instead. */
  #keptShut(source: Source): boolean {
    const state = this.store.getState();
    if (!isInside(state.phase) || mayUse(state, source)) return false;
    this.#say({ kind: "muted", source, by: "" });
    return true;
  }

  async setMicrophone(on: boolean): Promise<void> {
    if (on && this.#keptShut("microphone")) return;
    await this.media.setMicrophone(on);
  }

  async setCamera(on: boolean): Promise<void> {
    if (on && this.#keptShut("camera")) return;
    // Who wants to be seen no longer wants sound alone.
    if (on && this.store.getState().thrift === "sound") await this.setThrift("none");
    await this.media.setCamera(on);
  }

  async shareScreen(): Promise<void> {
    if (!this.#keptShut("screen")) await this.media.shareScreen();
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

  /** Says something to the server. Rejects with `Refused` when it said no, for who has a place to show that. */
  ask<E extends keyof ClientEvents>(
    event: E,
    said: ClientEvents[E]["ask"],
  ): Promise<ClientEvents[E]["answer"]> {
    return this.#line.ask(event, said);
  }

  /** The same, for a press of a button: why nothing came of it is said in the room's banner. */
  async act<E extends keyof ClientEvents>(event: E, said: ClientEvents[E]["ask"]): Promise<void> {
    try {
      await this.ask(event, said);
    } catch (error) {
      this.failed(error);
    }
  }

  /** Why nothing came of what was pressed, said in the room's banner. */
  failed(error: unknown): void {
    if (error instanceof Refused) this.#say({ kind: "refused", problem: error.problem });
    else if (!this.#stopped) this.#say({ kind: "unsent" });
  }

  /** A board or notes were asked for where there are none, by who may not make them. */
  noneYet(of: DocumentView["kind"]): void {
    this.#say({ kind: "none_yet", of });
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
      ...this.talk.ears,
      ...this.documents.ears,
      room: (room) => {
        const known = this.talk.known(room.you);
        this.store.setState((state) => withSnapshot(state, room, Date.now()));
        if (!room.you.waiting) this.talk.catchUp(known);
        this.documents.reopen();
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
      desk: (desk) => this.store.setState({ desk }),
      waiting: ({ waiting }) => this.store.setState({ waiting }),
      recording_ended: ({ because }) => this.#say({ kind: "recording_ended", because }),
      let_in: () => this.#say({ kind: "let_in" }),
      word: ({ text, from }) => this.#say({ kind: "word", text, from }),
      share_kept: ({ name }) => this.#say({ kind: "share_kept", name }),
      share_asked: ({ seat_id, name }) => this.#say({ kind: "share_asked", seat: seat_id, name }),
      moved: ({ name }) => this.#moved(name),
    };
    ears[name](payload);
  }

  /** Another breakout room is another room of the media engine: what we had there is gone. */
  #moved(name: string): void {
    this.#mediaSeat = null;
    this.#inSync = false;
    this.media.stopScreen();
    this.#say({ kind: "moved", name });
  }

  /** Loudest first, but who leads before the others: of several voices at once, the stage shows theirs. */
  #others(seats: SeatId[]): SeatId[] {
    const { people } = this.store.getState();
    const rank = (seat: SeatId) => standing(people[seat] ?? { role: "participant", host: false });
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
    if (this.store.getState().you?.waiting) return this.#phase("waiting");
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
    this.documents.away();
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
