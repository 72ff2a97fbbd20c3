/**
 * The sending connection: we offer, the server answers.
 *
 * Microphone and camera have their lines from the first offer on, with or without a device behind them, so that
 * switching on later is a `replaceTrack` and needs no talk with the server. A screen adds a third line.
 */
import type { IceServer, Source } from "./protocol";
import { CAMERA, layersFor } from "./layers";
import { Dropped, Lifetime } from "./lifetime";
import { fingerprintOf, withOpusDtx } from "./sdp";

export type NewPeer = (configuration: RTCConfiguration) => RTCPeerConnection;
export type Publish = (offer: {
  sdp: string;
  tracks: { mid: string; source: Source }[];
}) => Promise<{ sdp: string }>;

/** The server that answered is not the one this connection was made with. */
export class Stranger extends Error {
  override name = "Stranger";
}

/** Letters must stay letters: every pixel is sent, rather later than smaller. */
const SCREEN: RTCRtpEncodingParameters = {
  maxBitrate: 2_500_000,
  maxFramerate: 15,
  scaleResolutionDownBy: 1,
};

export class Publisher {
  #pc: RTCPeerConnection | null = null;
  #life = new Lifetime();
  #lines = new Map<Source, RTCRtpTransceiver>();
  #tracks = new Map<Source, MediaStreamTrack>();
  #queue: Promise<unknown> = Promise.resolve();
  /** How many layers of the camera are sent at most. */
  #most = 3;

  constructor(
    private readonly newPeer: NewPeer,
    private readonly publish: Publish,
    private readonly onState: () => void,
  ) {}

  get state(): RTCPeerConnectionState | "none" {
    return this.#pc?.connectionState ?? "none";
  }

  get connection(): RTCPeerConnection | null {
    return this.#pc;
  }

  /** Makes a new connection and drops the one before. Rejects when the server refuses or the line drops. */
  start(iceServers: IceServer[]): Promise<void> {
    this.close();
    const pc = this.newPeer({
      iceServers,
      bundlePolicy: "max-bundle",
      rtcpMuxPolicy: "require",
    });
    this.#pc = pc;
    pc.onconnectionstatechange = () => pc === this.#pc && this.onState();
    this.#addLine(pc, "microphone", "audio", []);
    this.#addLine(pc, "camera", "video", layersFor(sizeOf(this.#tracks.get("camera")), this.#most));
    if (this.#tracks.has("screen")) this.#addLine(pc, "screen", "video", [SCREEN]);
    return this.#enqueue(() => this.#negotiate(pc));
  }

  /** ICE restart on the same connection. Rejects with `Stranger` when another server process answered. */
  restartIce(): Promise<void> {
    const pc = this.#pc;
    if (!pc) return Promise.reject(new Stranger());
    return this.#enqueue(() => this.#negotiate(pc, { iceRestart: true }));
  }

  /** Gives a source its track, or none. Works before, during and after a connection. */
  async setTrack(source: Source, track: MediaStreamTrack | null): Promise<void> {
    if (track) this.#tracks.set(source, track);
    else this.#tracks.delete(source);
    if (source === "screen") return this.#setScreen(track);
    const sender = this.#lines.get(source)?.sender;
    await sender?.replaceTrack(track);
    if (sender && track && source === "camera") await fitLayers(sender, track, this.#most);
  }

  /** Sends at most so many layers of the camera, from now on. */
  async limit(most: number): Promise<void> {
    this.#most = most;
    const track = this.#tracks.get("camera");
    const sender = this.#lines.get("camera")?.sender;
    if (sender && track) await fitLayers(sender, track, most);
  }

  close(): void {
    const pc = this.#pc;
    this.#pc = null;
    this.#life.end();
    this.#life = new Lifetime();
    this.#lines.clear();
    if (pc) {
      pc.onconnectionstatechange = null;
      pc.close();
    }
  }

  async #setScreen(track: MediaStreamTrack | null): Promise<void> {
    const pc = this.#pc;
    if (!pc) return;
    const line = this.#lines.get("screen");
    if (line) {
      // The line of an earlier share is used again: descriptions do not grow with every share.
      line.direction = track ? "sendonly" : "inactive";
      await line.sender.replaceTrack(track);
    } else if (track) {
      this.#addLine(pc, "screen", "video", [SCREEN]);
    } else {
      return;
    }
    await this.#enqueue(() => this.#negotiate(pc));
  }

  #addLine(
    pc: RTCPeerConnection,
    source: Source,
    kind: "audio" | "video",
    sendEncodings: RTCRtpEncodingParameters[],
  ): void {
    const options: RTCRtpTransceiverInit = { direction: "sendonly" };
    if (sendEncodings.length > 0) options.sendEncodings = sendEncodings.map((layer) => ({ ...layer }));
    const line = pc.addTransceiver(this.#tracks.get(source) ?? kind, options);
    this.#lines.set(source, line);
    if (source === "screen") void keepSharp(line.sender);
  }

  async #negotiate(pc: RTCPeerConnection, options: RTCOfferOptions = {}): Promise<void> {
    if (pc !== this.#pc) return;
    const life = this.#life;
    await life.hold(pc.setLocalDescription(await life.hold(pc.createOffer(options))));
    let answer: { sdp: string };
    try {
      answer = await this.publish({
        sdp: pc.localDescription?.sdp ?? "",
        tracks: this.#announced(),
      });
    } catch (error) {
      // Without the rollback the connection could never be offered again.
      if (pc === this.#pc)
        await life.hold(pc.setLocalDescription({ type: "rollback" })).catch(() => undefined);
      throw error;
    }
    if (pc !== this.#pc) return;
    const known = pc.remoteDescription && fingerprintOf(pc.remoteDescription.sdp);
    if (known && known !== fingerprintOf(answer.sdp)) throw new Stranger();
    await life.hold(pc.setRemoteDescription({ type: "answer", sdp: withOpusDtx(answer.sdp) }));
  }

  #announced(): { mid: string; source: Source }[] {
    return [...this.#lines]
      .filter(([source]) => source !== "screen" || this.#tracks.has("screen"))
      .flatMap(([source, line]) => (line.mid === null ? [] : [{ mid: line.mid, source }]));
  }

  #enqueue(step: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(step).catch((error: unknown) => {
      // Its successor tells how it went on.
      if (!(error instanceof Dropped)) throw error;
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

/** The picture's size as the camera gives it; some are slow to know it. */
function sizeOf(track: MediaStreamTrack | undefined) {
  const { width, height } = track?.getSettings() ?? {};
  return width && height ? { width, height } : CAMERA;
}

/** Another camera may give another size, which is worth other layers. */
async function fitLayers(sender: RTCRtpSender, track: MediaStreamTrack, most: number): Promise<void> {
  const parameters = sender.getParameters();
  const layers = layersFor(sizeOf(track), most);
  for (const encoding of parameters.encodings) {
    Object.assign(
      encoding,
      layers.find((layer) => layer.rid === encoding.rid),
    );
  }
  // A browser that keeps its layers sends the ones it had.
  await sender.setParameters(parameters).catch(() => undefined);
}

/** On a thin line a screen loses pictures, not pixels. */
async function keepSharp(sender: RTCRtpSender): Promise<void> {
  const parameters = sender.getParameters() as RTCRtpSendParameters & { degradationPreference?: string };
  parameters.degradationPreference = "maintain-resolution";
  // A browser that knows no such wish goes by the track's hint, which says the same.
  await sender.setParameters(parameters).catch(() => undefined);
}
