/** A picture for the next message: chosen or pasted, made small, shown before it is sent. */
import { useLingui } from "@lingui/react/macro";
import { ImagePlus, X } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { useEngine } from "../../hooks/use-room";
import { shrunk } from "./chat-image";
import { type SendProblem, write } from "./chat-state";

export function usePicture() {
  const { t } = useLingui();
  const engine = useEngine();
  const [failed, setFailed] = useState(false);
  const choose = useCallback(
    async (file: Blob) => {
      setFailed(false);
      try {
        write(engine, { image: await shrunk(file) });
      } catch {
        setFailed(true);
      }
    },
    [engine],
  );
  const problem: SendProblem | null = failed
    ? { kind: "refused", text: t`This file cannot be sent as a picture. Choose another one.` }
    : null;
  return { choose, problem };
}

export function PictureButton({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="lr-icon-button"
        aria-label={t`Add a picture`}
        title={t`Add a picture`}
        onClick={() => input.current?.click()}
      >
        <ImagePlus />
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file can be chosen again after it was taken away.
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
    </>
  );
}

export function PicturePreview({ image, onRemove }: { image: string; onRemove: () => void }) {
  const { t } = useLingui();
  return (
    <div className="lr-chat-preview">
      <img src={image} alt={t`What you are about to send`} />
      <button
        type="button"
        className="lr-icon-button"
        aria-label={t`Take the picture away`}
        onClick={onRemove}
      >
        <X />
      </button>
    </div>
  );
}
