/** The waiting room: nothing runs out here, and what a host says stays to be read. */
import { Trans } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { useEngine, useRoom } from "../hooks/use-room";
import { Porch } from "./porch";

interface Props {
  title: string;
  lead: string | null;
}

export function WaitingRoom({ title, lead }: Props) {
  const engine = useEngine();
  const heading = useRef<HTMLHeadingElement>(null);
  const word = useLastWord();
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <Porch phase="waiting">
      <main id="main" tabIndex={-1} className="lb-out lb-card">
        <h1 ref={heading} tabIndex={-1}>
          <Trans>You are in the waiting room</Trans>
        </h1>
        <p>
          {lead ? (
            <Trans>
              {lead} knows that you are here, and will let you in to {title}.
            </Trans>
          ) : (
            <Trans>The hosts know that you are here, and will let you in to {title}.</Trans>
          )}
        </p>
        <p>
          <Trans>You need not do anything. This page opens by itself. Nobody sees or hears you yet.</Trans>
        </p>
        <p role="status" className="lb-word">
          {word && (
            <Trans>
              {word.from} says: {word.text}
            </Trans>
          )}
        </p>
        <div className="lb-out-links">
          <button type="button" className="lb-button" onClick={() => void engine.leave()}>
            <Trans>Leave</Trans>
          </button>
        </div>
      </main>
    </Porch>
  );
}

/** What a host said last to those who wait. */
function useLastWord(): { text: string; from: string } | null {
  const note = useRoom((state) => state.note);
  const [last, setLast] = useState<{ text: string; from: string } | null>(null);
  if (note?.kind === "word" && (note.text !== last?.text || note.from !== last.from)) {
    setLast({ text: note.text, from: note.from });
  }
  return last;
}
