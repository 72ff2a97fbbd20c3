/**
 * The receiving connection: the server offers, we answer, strictly in order. `slots` says what each line carries;
 * it may come before or after the line itself.
 */
import { Dropped, Lifetime } from "./lifetime";
import type { IceServer, Offer, Slot } from "./protocol";
import type { NewPeer } from "./publisher";
import { type MediaKey, mediaKey } from "./state";

export interface Pictures {
  streams: Record<MediaKey, MediaStream>;
  paused: Record<MediaKey, boolean>;
}

export interface SubscriberHandlers {
  answer(answer: { offer_id: number; sdp: string }): Promise<unknown>;
  /** Our side of the connection is beyond repair. */
  broken(): void;
  onState(): void;
  pictures(pictures: Pictures): void;
  sound(mid: string, stream: MediaStream | null): void;
}

export class Subscriber {
  #pc: RTCPeerConnection | null = null;
  #life = new Lifetime();
  #iceServers: IceServer[] = [];
  #streams = new Map<string, MediaStream>();
  #slots: Slot[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly newPeer: NewPeer,
    private readonly handlers: SubscriberHandlers,
    private readonly newStream: (track: MediaStreamTrack) => MediaStream = (track) =>
      new MediaStream([track]),
  ) {}

  get state(): RTCPeerConnectionState | "none" {
    return this.#pc?.connectionState ?? "none";
  }

  get connection(): RTCPeerConnection | null {
    return this.#pc;
  }

  use(iceServers: IceServer[]): void {
    this.#iceServers = iceServers;
  }

  hear(offer: Offer): Promise<void> {
    const life = this.#life;
    const turn = this.#queue
      .then(() => this.#take(offer, life))
      .catch((error: unknown) => {
        if (!(error instanceof Dropped)) this.handlers.broken();
      });
    this.#queue = turn;
    return turn;
  }

  setSlots(slots: Slot[]): void {
    this.#slots = slots;
    this.#show();
  }

  /** Drops the connection, and with it every offer that was heard before. */
  close(): void {
    this.#life.end();
    this.#life = new Lifetime();
    this.#queue = Promise.resolve();
    this.#putAway();
  }

  #putAway(): void {
    const pc = this.#pc;
    this.#pc = null;
    for (const mid of this.#streams.keys()) this.handlers.sound(mid, null);
    this.#streams.clear();
    this.#slots = [];
    if (pc) {
      pc.ontrack = null;
      pc.onconnectionstatechange = null;
      pc.close();
      this.#show();
    }
  }

  async #take(offer: Offer, life: Lifetime): Promise<void> {
    if (life !== this.#life) return;
    const pc = offer.fresh || !this.#pc ? this.#renew() : this.#pc;
    await life.hold(pc.setRemoteDescription({ type: "offer", sdp: offer.sdp }));
    await life.hold(pc.setLocalDescription(await life.hold(pc.createAnswer())));
    if (pc !== this.#pc) return;
    this.#show();
    // A lost answer is not our failure: the server offers again when the line is back.
    await this.handlers
      .answer({ offer_id: offer.offer_id, sdp: pc.localDescription?.sdp ?? "" })
      .catch(() => undefined);
  }

  #renew(): RTCPeerConnection {
    // The slots of the new connection may have come before its offer, so they outlive the old one.
    const slots = this.#slots;
    this.#putAway();
    this.#slots = slots;
    const pc = this.newPeer({
      iceServers: this.#iceServers,
      bundlePolicy: "max-bundle",
      rtcpMuxPolicy: "require",
    });
    this.#pc = pc;
    pc.ontrack = ({ track, transceiver }) => this.#arrived(pc, transceiver.mid, track);
    pc.onconnectionstatechange = () => pc === this.#pc && this.handlers.onState();
    return pc;
  }

  #arrived(pc: RTCPeerConnection, mid: string | null, track: MediaStreamTrack): void {
    if (pc !== this.#pc || mid === null) return;
    const stream = this.newStream(track);
    this.#streams.set(mid, stream);
    if (track.kind === "audio") this.handlers.sound(mid, stream);
    else this.#show();
  }

  #show(): void {
    const pictures: Pictures = { streams: {}, paused: {} };
    for (const slot of this.#slots) {
      const stream = this.#streams.get(slot.mid);
      const key = keyOf(slot);
      if (!key || !stream) continue;
      pictures.streams[key] = stream;
      if (slot.paused) pictures.paused[key] = true;
    }
    this.handlers.pictures(pictures);
  }
}

function keyOf(slot: Slot): MediaKey | null {
  if (slot.kind !== "video" || !slot.seat_id || !slot.source || slot.source === "microphone") return null;
  return mediaKey(slot.seat_id, slot.source);
}
