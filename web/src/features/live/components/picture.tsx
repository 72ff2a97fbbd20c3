/** One moving picture. Stays invisible until its first frame, so that a tile never flashes black. */
import { useEffect, useRef, useState } from "react";
import "./picture.css";

interface Props {
  stream: MediaStream;
  seat: string;
  source: "camera" | "screen";
  mirrored?: boolean;
  /** The whole picture (a screen) instead of a filled tile (a face). */
  whole?: boolean;
  onShown?: (shown: boolean) => void;
}

export function Picture({ stream, seat, source, mirrored = false, whole = false, onShown }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const element = video.current;
    if (!element || element.srcObject === stream) return;
    element.srcObject = stream;
    // Muted pictures may always play; a rejection only means that the stream was changed again meanwhile.
    element.play()?.catch(() => undefined);
  }, [stream]);
  const appear = () => {
    setShown(true);
    onShown?.(true);
  };
  return (
    <video
      ref={video}
      className={whole ? "lr-video lr-video-whole" : "lr-video"}
      data-seat={seat}
      data-source={source}
      data-shown={shown}
      data-mirrored={mirrored}
      // Sound has its own elements; this one only shows.
      muted
      playsInline
      autoPlay
      aria-hidden="true"
      tabIndex={-1}
      onLoadedData={appear}
      onResize={appear}
    />
  );
}
