/** Stand-ins for the server, the browser's connections and its devices. For tests only. */
import type { Problem } from "../../../contract/types";
import type { RawSocket } from "./line";
import type { ClientEvents, Person, Seat, ServerEvents } from "./protocol";
import { type DeviceChoices, RoomEngine } from "./room-engine";
import { emptyDesk } from "./state";

type Ack = (answer: unknown) => void;
type Hear = (payload: unknown) => void;

/** One socket, seen from the server's side. */
export class FakeSocket implements RawSocket {
  connected = false;
  readonly sent: { event: string; payload: unknown }[] = [];
  readonly #ears = new Map<string, Hear>();

  constructor(
    readonly token: string,
    private readonly server: FakeServer,
  ) {}

  connect(): void {
    queueMicrotask(() => this.server.handshake(this));
  }

  disconnect(): void {
    this.connected = false;
  }

  on(event: string, hear: (payload: never) => void): void {
    this.#ears.set(event, hear as Hear);
  }

  emit(event: string, payload: unknown, ack: Ack): void {
    this.sent.push({ event, payload });
    this.server.answer(this, event as keyof ClientEvents, ack);
  }

  /** From the server to the page. */
  hears(event: string, payload: unknown = {}): void {
    this.#ears.get(event)?.(payload);
  }

  drop(): void {
    if (!this.connected) return;
    this.connected = false;
    this.hears("disconnect", "transport close");
  }
}

export const person = (seat_id: string, change: Partial<Person> = {}): Person => ({
  seat_id,
  user_id: `user of ${seat_id}`,
  name: seat_id,
  pronouns: null,
  role: "participant",
  host: false,
  guest: false,
  breakout_id: null,
  state: { microphone: true, camera: true, screen: false },
  present: true,
  recordable: true,
  quality: "good",
  kind: "browser",
  ...change,
});

export const refusal = (slug: string, status: number): Problem => ({
  type: `/problems/${slug}`,
  title: slug,
  status,
  detail: `No: ${slug}.`,
  params: {},
  errors: [],
});

/** A server with one session and as many seats as are asked for. */
export class FakeServer {
  state: "scheduled" | "live" | "ended" = "live";
  waiting = false;
  /** The breakout room the person is in. */
  breakout: string | null = null;
  /** Stands for the process: a restart changes it. */
  fingerprint = "AA:AA";
  reachable = true;
  silent = false;
  refuse: string | null = null;
  joins = 0;
  readonly sockets: FakeSocket[] = [];
  readonly people: Person[] = [person("ada", { role: "staff", name: "Ada" })];

  get socket(): FakeSocket {
    const last = this.sockets.at(-1);
    if (!last) throw new Error("nobody has connected");
    return last;
  }

  join(): Promise<Seat> {
    if (!this.reachable) return Promise.reject(new TypeError("Failed to fetch"));
    this.joins += 1;
    const seat_id = `seat${this.joins}`;
    return Promise.resolve({
      seat_id,
      token: `token of ${seat_id}`,
      ice_servers: [],
      state: this.state === "live" ? "live" : "lobby",
    });
  }

  open(token: string): Promise<FakeSocket> {
    const socket = new FakeSocket(token, this);
    this.sockets.push(socket);
    return Promise.resolve(socket);
  }

  handshake(socket: FakeSocket): void {
    if (!this.reachable) return socket.hears("connect_error", new Error("websocket error"));
    if (this.refuse) {
      const word = this.refuse;
      this.refuse = null;
      return socket.hears("connect_error", new Error(word));
    }
    socket.connected = true;
    socket.hears("connect");
    this.snapshot(socket);
  }

  snapshot(socket = this.socket): void {
    const seat_id = socket.token.replace("token of ", "");
    const room: ServerEvents["room"] = {
      session: {
        id: "s",
        title: "Gentle movement",
        state: this.state,
        starts_at: "2026-11-24T10:30:00Z",
        ends_at: "2026-11-24T11:15:00Z",
        started_at: null,
        program: { id: "p", title: "Weekday Together" },
      },
      you: {
        seat_id,
        user_id: "bob",
        name: "Bob",
        role: "participant",
        host: false,
        waiting: this.waiting,
        breakout_id: this.breakout,
        consent: null,
      },
      people: [...this.people, person(seat_id, { name: "Bob" })],
      speaking: [],
      desk: emptyDesk,
      talk: { chat: { messages: [], more: false }, polls: [], my_answers: [], questions: [], my_votes: [] },
      captions: { lines: [], more: false },
      documents: [],
      waiting: [],
      now: new Date().toISOString(),
    };
    socket.hears("room", room);
  }

  answer(socket: FakeSocket, event: keyof ClientEvents, ack: Ack): void {
    if (this.silent || !socket.connected) return;
    const answers: Partial<Record<keyof ClientEvents, unknown>> = {
      publish: { sdp: `v=0\r\na=fingerprint:sha-256 ${this.fingerprint}\r\n` },
      beat: { now: new Date().toISOString() },
    };
    queueMicrotask(() => ack(answers[event] ?? {}));
  }

  /** Everything the page sent over all its sockets, by event. */
  heard<E extends keyof ClientEvents>(event: E): ClientEvents[E]["ask"][] {
    return this.sockets
      .flatMap((socket) => socket.sent)
      .filter((message) => message.event === event)
      .map((message) => message.payload as ClientEvents[E]["ask"]);
  }
}

export class FakePeer {
  static made: FakePeer[] = [];
  connectionState: RTCPeerConnectionState = "new";
  localDescription: { type: string; sdp: string } | null = null;
  remoteDescription: { type: string; sdp: string } | null = null;
  onconnectionstatechange: (() => void) | null = null;
  ontrack: ((event: { track: unknown; transceiver: { mid: string } }) => void) | null = null;
  readonly transceivers: FakeTransceiver[] = [];
  readonly offers: RTCOfferOptions[] = [];
  lastPacketReceivedTimestamp = 0;

  constructor() {
    FakePeer.made.push(this);
  }

  addTransceiver(trackOrKind: unknown, init: RTCRtpTransceiverInit): FakeTransceiver {
    const made = new FakeTransceiver(trackOrKind, init);
    this.transceivers.push(made);
    return made;
  }

  createOffer(options: RTCOfferOptions = {}): Promise<{ type: string; sdp: string }> {
    this.offers.push(options);
    return this.#unlessClosed({
      type: "offer",
      sdp: `offer ${this.offers.length}`,
    });
  }

  createAnswer(): Promise<{ type: string; sdp: string }> {
    return this.#unlessClosed({
      type: "answer",
      sdp: `answer to ${this.remoteDescription?.sdp}`,
    });
  }

  setLocalDescription(description: { type: string; sdp: string }): Promise<void> {
    if (description.type !== "rollback") this.localDescription = description;
    this.transceivers.forEach((line, index) => (line.mid ??= String(index)));
    return this.#unlessClosed(undefined);
  }

  setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    this.remoteDescription = description;
    return this.#unlessClosed(undefined);
  }

  getStats(): Promise<Map<string, object>> {
    const { lastPacketReceivedTimestamp } = this;
    return Promise.resolve(new Map([["pair", { type: "candidate-pair", lastPacketReceivedTimestamp }]]));
  }

  close(): void {
    this.connectionState = "closed";
  }

  becomes(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  /** As in a browser: what was asked of a connection is never answered once it is closed. */
  #unlessClosed<T>(value: T): Promise<T> {
    return new Promise((done) => queueMicrotask(() => this.connectionState !== "closed" && done(value)));
  }

  /** The media server sends a line. */
  brings(mid: string, kind: "audio" | "video"): void {
    this.ontrack?.({
      track: { kind, id: `track ${mid}` },
      transceiver: { mid },
    });
  }
}

export class FakeTransceiver {
  mid: string | null = null;
  direction: string;
  track: unknown;
  readonly sender = {
    replaceTrack: (track: unknown): Promise<void> => {
      this.track = track;
      return Promise.resolve();
    },
    getParameters: () => ({ encodings: this.init.sendEncodings ?? [] }),
    setParameters: (parameters: object): Promise<void> => {
      this.parameters = parameters;
      return Promise.resolve();
    },
  };
  parameters: object = {};

  constructor(
    trackOrKind: unknown,
    readonly init: RTCRtpTransceiverInit,
  ) {
    this.direction = init.direction ?? "sendrecv";
    this.track = typeof trackOrKind === "string" ? null : trackOrKind;
  }
}

export class FakeTrack {
  enabled = true;
  readyState = "live";
  contentHint = "";
  onended: (() => void) | null = null;
  constructor(readonly kind: "audio" | "video") {}
  stop(): void {
    this.readyState = "ended";
  }
  getSettings() {
    return this.kind === "video" ? { width: 640, height: 360 } : {};
  }
}

/** Devices that work, or fail with the given error names. */
export class FakeDoor {
  fail: Partial<Record<"audio" | "video" | "screen", string>> = {};
  asked: MediaStreamConstraints[] = [];
  devices: Partial<MediaDeviceInfo>[] = [];

  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
    this.asked.push(constraints);
    return this.#give(constraints.audio ? "audio" : "video", constraints.audio ? "audio" : "video");
  }

  /** The sound of the next screen that is shared. */
  screenSound: FakeTrack | null = null;
  shared: unknown[] = [];

  async getDisplayMedia(options?: unknown): Promise<MediaStream> {
    this.shared.push(options);
    const stream = await this.#give("screen", "video");
    return Object.assign(stream, { getAudioTracks: () => (this.screenSound ? [this.screenSound] : []) });
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return Promise.resolve(this.devices as MediaDeviceInfo[]);
  }

  addEventListener(): void {}
  removeEventListener(): void {}

  #give(which: "audio" | "video" | "screen", kind: "audio" | "video"): Promise<MediaStream> {
    const name = this.fail[which];
    if (name) return Promise.reject(Object.assign(new Error(name), { name }));
    const track = new FakeTrack(kind);
    return Promise.resolve({
      getTracks: () => [track],
      getVideoTracks: () => [track],
    } as unknown as MediaStream);
  }
}

export class FakeShelf {
  readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}

/** The voice and the sound of a screen as one track. */
export class FakeMix {
  readonly track = new FakeTrack("audio") as unknown as MediaStreamTrack;
  voice: MediaStreamTrack | null = null;
  closed = false;
  constructor(readonly screen: MediaStreamTrack) {}
  speak(voice: MediaStreamTrack | null): void {
    this.voice = voice;
  }
  close(): void {
    this.closed = true;
  }
}

/** What a device that was never here before remembers. */
export class FakeChoices {
  kept: DeviceChoices = {
    microphone: true,
    camera: true,
    microphoneId: null,
    cameraId: null,
    speakerId: null,
    thrift: "none",
    straightIn: false,
  };
  recall = () => this.kept;
  keep = (change: Partial<DeviceChoices>) => void (this.kept = { ...this.kept, ...change });
}

/** A page with everything around it faked. Several pages may share a server or a shelf (a reload). */
export function openPage(
  server = new FakeServer(),
  shelf = new FakeShelf(),
  door = new FakeDoor(),
  choices = new FakeChoices(),
) {
  FakePeer.made = [];
  const wake = { networkChanged: () => {}, lookedAt: () => {}, lookedAway: () => {} };
  const mixes: FakeMix[] = [];
  const sounds: { srcObject: unknown; blocked: boolean }[] = [];
  const engine = new RoomEngine({
    sessionId: "s",
    join: () => server.join(),
    openSocket: (token) => server.open(token),
    newPeer: () => new FakePeer() as unknown as RTCPeerConnection,
    newStream: (track) => ({ track }) as unknown as MediaStream,
    newSound: () => {
      const sound = {
        srcObject: null,
        autoplay: false,
        blocked: false,
        play: () => Promise.resolve(),
        pause() {},
      };
      sounds.push(sound);
      return sound;
    },
    newMix: (screen) => {
      const mix = new FakeMix(screen);
      mixes.push(mix);
      return mix;
    },
    media: door,
    shelf,
    choices,
    onWake: (networkChanged, lookedAt, lookedAway) => {
      Object.assign(wake, { networkChanged, lookedAt, lookedAway });
      return () => undefined;
    },
  });
  return {
    server,
    shelf,
    door,
    choices,
    engine,
    wake,
    sounds,
    mixes,
    state: () => engine.store.getState(),
  };
}
