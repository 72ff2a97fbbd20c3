/** How much goes through the line: the choice in the device check and under More, and its word in the room. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Ear, Feather, Video } from "lucide-react";
import { type ReactNode, useId } from "react";
import type { Thrift } from "../engine/thrift";
import { useEngine, useRoom } from "../hooks/use-room";

interface Choice {
  thrift: Thrift;
  icon: ReactNode;
  word: string;
  hint: string;
}

export function useThrifts(): Choice[] {
  const { t } = useLingui();
  return [
    {
      thrift: "none",
      icon: <Video />,
      word: t`Picture and sound`,
      hint: t`You see everybody as well as your connection allows.`,
    },
    {
      thrift: "save",
      icon: <Feather />,
      word: t`Save data`,
      hint: t`Small pictures, and fewer of them. Good on a phone or a slow connection.`,
    },
    {
      thrift: "sound",
      icon: <Ear />,
      word: t`Sound only`,
      hint: t`You hear everybody and can speak. No pictures are sent or shown.`,
    },
  ];
}

export function ThriftChoice() {
  const engine = useEngine();
  const now = useRoom((state) => state.thrift);
  const thrifts = useThrifts();
  const name = useId();
  return (
    <fieldset className="lb-thrift">
      <legend>
        <Trans>How to join</Trans>
      </legend>
      <div className="lb-thrift-choices">
        {thrifts.map((choice) => (
          <label key={choice.thrift} className="lb-thrift-choice">
            <input
              type="radio"
              name={name}
              checked={choice.thrift === now}
              onChange={() => void engine.setThrift(choice.thrift)}
            />
            <span>{choice.word}</span>
          </label>
        ))}
      </div>
      <p className="lb-small">{thrifts.find((choice) => choice.thrift === now)?.hint}</p>
    </fieldset>
  );
}

/** In the room, a word for what is held back, with the way to have it again. */
export function ThriftNote() {
  const engine = useEngine();
  const thrift = useRoom((state) => state.thrift);
  if (thrift === "none") return null;
  return (
    <p className="lr-thrift">
      <span className="lr-icon" aria-hidden="true">
        {thrift === "sound" ? <Ear /> : <Feather />}
      </span>
      <span>
        {thrift === "sound" ? (
          <Trans>Sound only. No pictures are sent or shown.</Trans>
        ) : (
          <Trans>Saving data. Pictures are small and few.</Trans>
        )}
      </span>
      <button type="button" className="lr-link" onClick={() => void engine.setThrift("none")}>
        <Trans>Show all pictures</Trans>
      </button>
    </p>
  );
}
