/**
 * The person's own microphone, camera and screen: opening, switching, and what went wrong in words the screens can
 * choose a sentence by. Writes its part of the room's state; hands each track on to whoever sends it.
 */
import { CAMERA } from "./layers";
import type { Source } from "./protocol";
import { SoundMix } from "./sound-mix";
import type { DeviceProblem, LocalSource, RoomStore } from "./state";

export type MediaDoor = Pick<
  MediaDevices,
  "getUserMedia" | "getDisplayMedia" | "enumerateDevices" | "addEventListener" | "removeEventListener"
>;
export type OnTrack = (source: Source, track: MediaStreamTrack | null) => void;
type Device = "microphone" | "camera";

const exact = (deviceId: string | null) => (deviceId ? { deviceId: { exact: deviceId } } : {});

function constraintsFor(device: Device, deviceId: string | null): MediaStreamConstraints {
  if (device === "microphone") {
    return {
      audio: {
        ...exact(deviceId),
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        channelCount: 1,
      },
    };
  }
  return {
    video: {
      ...exact(deviceId),
      width: { ideal: CAMERA.width },
      height: { ideal: CAMERA.height },
      frameRate: { ideal: 24, max: 30 },
      facingMode: "user",
    },
  };
}

/** What browsers know of sharing beyond the types: no page that shows itself, and sound without the room's own. */
interface ShareOptions extends DisplayMediaStreamOptions {
  selfBrowserSurface: "exclude";
  surfaceSwitching: "include";
  systemAudio: "include" | "exclude";
}

function shareOptions(): ShareOptions {
  const known = navigator.mediaDevices?.getSupportedConstraints?.() as
    { restrictOwnAudio?: boolean } | undefined;
  const audio = {
    // Music and films, not a voice: nothing is taken out of it.
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    restrictOwnAudio: true,
  };
  return {
    // Text must be sharp before it must be smooth.
    video: { frameRate: { ideal: 10, max: 15 } },
    audio,
    selfBrowserSurface: "exclude",
    surfaceSwitching: "include",
    // All that the computer plays has the others' voices in it, unless the browser can leave our own sound out.
    systemAudio: known?.restrictOwnAudio ? "include" : "exclude",
  };
}

export type NewMix = (screen: MediaStreamTrack) => Pick<SoundMix, "track" | "speak" | "close">;

export class LocalMedia {
  /** While a screen is shared with its sound. */
  #mix: ReturnType<NewMix> | null = null;
  #screenSound: MediaStreamTrack | null = null;
  readonly #relist = () => void this.list();
  /** Counts requests per device; an answer to an older one is thrown away. */
  readonly #turn = { microphone: 0, camera: 0 };
  #closed = false;

  constructor(
    private readonly store: RoomStore,
    private readonly door: MediaDoor | undefined,
    private readonly onTrack: OnTrack,
    private readonly newMix: NewMix = (screen) => new SoundMix(screen),
  ) {
    door?.addEventListener("devicechange", this.#relist);
  }

  /** Opens what is switched on. Never rejects: a person without devices comes in as a listener. */
  async open(): Promise<void> {
    const { microphone, camera } = this.store.getState();
    await Promise.all([
      microphone.on && !microphone.track ? this.#openDevice("microphone") : null,
      camera.on && !camera.track ? this.#openDevice("camera") : null,
    ]);
  }

  async list(): Promise<void> {
    const devices = (await this.door?.enumerateDevices().catch(() => [])) ?? [];
    if (this.#closed) return;
    // Before a permission the browser lists devices without ids; those cannot be chosen.
    this.store.setState({
      devices: devices.filter((device) => device.deviceId !== ""),
    });
  }

  async setMicrophone(on: boolean): Promise<void> {
    const { track } = this.store.getState().microphone;
    this.#patch("microphone", { on });
    if (track && track.readyState === "live") {
      // Kept open while muted, so that unmuting is immediate; a disabled track sends silence.
      track.enabled = on;
    } else if (on) {
      await this.#openDevice("microphone");
    }
  }

  async setCamera(on: boolean): Promise<void> {
    this.#patch("camera", { on });
    // Closed while off, so that the camera's lamp goes out.
    if (!on) this.#release("camera");
    else await this.#openDevice("camera");
  }

  async choose(device: Device, deviceId: string): Promise<void> {
    this.#patch(device, { deviceId });
    this.#release(device);
    if (this.store.getState()[device].on) await this.#openDevice(device);
  }

  /** False when the person closed the browser's picker. */
  async shareScreen(): Promise<boolean> {
    if (!this.door || !("getDisplayMedia" in this.door)) {
      this.#patch("screen", { problem: "unsupported" });
      return false;
    }
    this.#patch("screen", { busy: true, problem: null });
    try {
      const stream = await this.door.getDisplayMedia(shareOptions());
      const track = stream.getVideoTracks()[0] ?? null;
      if (track) this.#adopt("screen", track);
      this.#mixIn(stream.getAudioTracks()[0] ?? null);
      return track !== null;
    } catch (error) {
      const problem = problemOf(error);
      // Closing the picker is a choice, not a failure.
      this.#patch("screen", {
        on: false,
        busy: false,
        problem: problem === "refused" ? null : problem,
      });
      return false;
    }
  }

  stopScreen(): void {
    this.#patch("screen", { on: false });
    this.#release("screen");
  }

  close(): void {
    this.#closed = true;
    this.door?.removeEventListener("devicechange", this.#relist);
    for (const source of ["microphone", "camera", "screen"] as const) this.#release(source);
  }

  async #openDevice(device: Device): Promise<void> {
    const turn = ++this.#turn[device];
    if (!this.door) return this.#patch(device, { problem: "unsupported" });
    this.#patch(device, { busy: true, problem: null });
    try {
      const track = await this.#capture(this.door, device);
      const wanted = turn === this.#turn[device] && !this.#closed;
      if (!wanted || (device === "camera" && !this.store.getState().camera.on)) return track.stop();
      this.#adopt(device, track);
      await this.list();
    } catch (error) {
      if (turn === this.#turn[device]) this.#patch(device, { busy: false, problem: problemOf(error) });
    }
  }

  async #capture(door: MediaDoor, device: Device): Promise<MediaStreamTrack> {
    const { deviceId } = this.store.getState()[device];
    const stream = await door.getUserMedia(constraintsFor(device, deviceId)).catch((error: unknown) => {
      // A remembered device may be gone; any other is better than none.
      if (!deviceId || problemOf(error) !== "missing") throw error;
      return door.getUserMedia(constraintsFor(device, null));
    });
    const track = stream.getTracks()[0];
    if (!track) throw new DOMException("no track", "NotFoundError");
    return track;
  }

  #adopt(source: Source, track: MediaStreamTrack): void {
    this.#release(source, false);
    if (source === "microphone") track.enabled = this.store.getState().microphone.on;
    if (source === "screen") track.contentHint = "detail";
    track.onended = () => this.#unplugged(source, track);
    const on = source === "microphone" ? this.store.getState().microphone.on : true;
    this.#patch(source, { track, busy: false, problem: null, on });
    this.#hand(source, track);
  }

  /** To whoever sends it; the voice goes through the mix while a screen with sound is shared. */
  #hand(source: Source, track: MediaStreamTrack | null): void {
    if (source !== "microphone" || !this.#mix) return this.onTrack(source, track);
    this.#mix.speak(track);
  }

  /** The screen's sound joins the voice, or leaves it. */
  #mixIn(sound: MediaStreamTrack | null): void {
    const voice = this.store.getState().microphone.track;
    const mixed = this.#mix !== null;
    this.#mix?.close();
    this.#screenSound?.stop();
    this.#mix = sound && this.newMix(sound);
    this.#screenSound = sound;
    this.#mix?.speak(voice);
    if (this.#mix || mixed) this.onTrack("microphone", this.#mix?.track ?? voice);
  }

  /** The device was pulled out, or the person ended the share from the browser's own bar. */
  #unplugged(source: Source, track: MediaStreamTrack): void {
    if (this.store.getState()[source].track !== track) return;
    this.#patch(source, {
      on: false,
      problem: source === "screen" ? null : "missing",
    });
    this.#release(source);
  }

  #release(source: Source, tell = true): void {
    if (source !== "screen") this.#turn[source] += 1;
    const { track } = this.store.getState()[source];
    if (track) {
      track.onended = null;
      track.stop();
    }
    this.#patch(source, { track: null, busy: false });
    if (source === "screen" && tell) this.#mixIn(null);
    if (track && tell) this.#hand(source, null);
  }

  #patch(source: Source, change: Partial<LocalSource>): void {
    this.store.setState((state) => ({
      [source]: { ...state[source], ...change },
    }));
  }
}

export function problemOf(error: unknown): DeviceProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return "unsupported";
}
