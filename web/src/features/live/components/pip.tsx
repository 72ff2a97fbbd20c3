/** What stands in the small window: one picture with its name, Mute and Leave; or the bare picture where only that can be. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import type { SeatId, VideoSource } from "../engine/protocol";
import { mediaKey } from "../engine/state";
import type { Pip } from "../hooks/use-pip";
import { useIsRecording } from "../hooks/use-recording";
import { useEngine, useRoom } from "../hooks/use-room";
import { largest, sharers, together } from "../layout/cast";
import { useLeaveControl } from "./control-bar";
import { ControlButton, useMicrophoneControl } from "./controls";
import { Face } from "./face";
import { Picture } from "./picture";

/** Tall enough for the largest such window that browsers open. */
const HEIGHT = 480;

interface Props {
  pip: Pip;
  pinned: SeatId | null;
  onLeave: () => void;
}

export default function PipPicture({ pip, pinned, onLeave }: Props) {
  const { seat, source, stream } = useShown(pinned);
  useApart(seat, source);
  if (pip.kind === "video") return <VideoWindow stream={stream} onClosed={pip.close} />;
  if (!pip.window) return null;
  return createPortal(<SmallRoom seat={seat} source={source} onLeave={onLeave} />, pip.window.document.body);
}

interface Shown {
  seat: SeatId | null;
  source: VideoSource;
  stream: MediaStream | null;
}

/** The shared screen, else who is pinned, else who speaks. */
function useShown(pinned: SeatId | null): Shown {
  const sharer = useRoom((state) => sharers(state)[0]?.seat_id ?? null);
  const person = useRoom((state) =>
    pinned && together(state).some((one) => one.seat_id === pinned) ? pinned : largest(state),
  );
  const [seat, source] = sharer && !pinned ? [sharer, "screen" as const] : [person, "camera" as const];
  const stream = useRoom((state) => (seat ? state.streams[mediaKey(seat, source)] : undefined)) ?? null;
  return { seat, source, stream };
}

function useApart(seat: SeatId | null, source: VideoSource): void {
  const engine = useEngine();
  useEffect(() => {
    engine.watchApart(seat ? [{ seat_id: seat, source, height: HEIGHT }] : []);
    return () => engine.watchApart([]);
  }, [engine, seat, source]);
}

function SmallRoom({ seat, source, onLeave }: Omit<Shown, "stream"> & { onLeave: () => void }) {
  const { t } = useLingui();
  const person = useRoom((state) => (seat ? state.people[seat] : undefined));
  const stream = useRoom((state) => (seat ? state.streams[mediaKey(seat, source)] : undefined));
  const isRecording = useIsRecording();
  const controls = [useMicrophoneControl(), useLeaveControl(onLeave)];
  return (
    <div className="lr-room lr-small-room" data-theme="dark">
      <main className="lr-tile" data-speaking={false} aria-label={t`Stage`}>
        {person && <Face name={person.name} />}
        {person && stream && (source === "screen" || person.state.camera) && (
          <Picture
            key={stream.id}
            stream={stream}
            seat={person.seat_id}
            source={source}
            whole={source === "screen"}
          />
        )}
        {isRecording && (
          <p className="lr-recording lr-small-recording">
            <i aria-hidden="true" />
            <Trans>Recording</Trans>
          </p>
        )}
        <div className="lr-tile-foot">{person && <p className="lr-plate">{person.name}</p>}</div>
      </main>
      <nav className="lr-small-bar" aria-label={t`Room controls`}>
        {controls.map((control) => (
          <ControlButton key={control.id} control={control} />
        ))}
      </nav>
    </div>
  );
}

/** Unseen here; what it shows goes on when somebody else speaks. */
function VideoWindow({ stream, onClosed }: { stream: MediaStream | null; onClosed: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element || !stream) return;
    element.srcObject = stream;
    const begin = () => {
      if (document.pictureInPictureElement !== element) element.requestPictureInPicture().catch(onClosed);
    };
    element.addEventListener("loadedmetadata", begin, { once: true });
    element.play().catch(() => undefined);
    return () => element.removeEventListener("loadedmetadata", begin);
  }, [stream, onClosed]);
  useEffect(() => {
    const element = video.current;
    element?.addEventListener("leavepictureinpicture", onClosed);
    return () => {
      element?.removeEventListener("leavepictureinpicture", onClosed);
      if (document.pictureInPictureElement === element && element) void document.exitPictureInPicture();
    };
  }, [onClosed]);
  return <video ref={video} className="lr-unseen" muted playsInline aria-hidden="true" tabIndex={-1} />;
}
