/** The picture of a message, read when it comes into sight. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import type { ChatMessage } from "../../engine/protocol";
import { useEngine } from "../../hooks/use-room";

export function ChatPicture({ message, onGrow }: { message: ChatMessage; onGrow: () => void }) {
  const { t } = useLingui();
  const engine = useEngine();
  const [image, setImage] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [place, inSight] = useSight();
  const { id, name, text } = message;
  useEffect(() => {
    if (!inSight || failed || image) return;
    let gone = false;
    engine.ask("picture", { id }).then(
      (read) => {
        if (gone) return;
        if (read.image.startsWith("data:image/")) setImage(read.image);
        else setFailed(true);
      },
      () => !gone && setFailed(true),
    );
    return () => {
      gone = true;
    };
  }, [engine, id, inSight, failed, image]);
  return (
    <div ref={place} className="lr-chat-picture">
      {image && <img src={image} alt={text || t`Picture from ${name}`} onLoad={onGrow} />}
      {!image && !failed && (
        <span>
          <Trans>Loading the picture</Trans>
        </span>
      )}
      {failed && (
        <button type="button" className="lr-chat-act" onClick={() => setFailed(false)}>
          <Trans>The picture did not come. Try again</Trans>
        </button>
      )}
    </div>
  );
}

/** True from when the element was in sight for the first time. */
function useSight() {
  const place = useRef<HTMLDivElement>(null);
  const [inSight, setInSight] = useState(typeof IntersectionObserver === "undefined");
  useEffect(() => {
    if (inSight || !place.current) return;
    const observer = new IntersectionObserver((seen) => {
      if (seen.some((entry) => entry.isIntersecting)) setInSight(true);
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [inSight]);
  return [place, inSight] as const;
}
