/** One line to everybody who waits. What was written stays there until it has arrived. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useId, useState } from "react";
import { Refused } from "../../../../lib/api";
import { useEngine } from "../../hooks/use-room";

const MOST = 300;

export function TellWaiting() {
  const { t } = useLingui();
  const engine = useEngine();
  const id = useId();
  const [text, setText] = useState("");
  const [came, setCame] = useState("");
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (!said) return setCame(t`Write something first.`);
    try {
      await engine.ask("tell_waiting", { text: said });
      setText("");
      setCame(t`Everybody who waits can read it now.`);
    } catch (error) {
      setCame(
        error instanceof Refused
          ? (error.problem.detail ?? error.problem.title)
          : t`It did not arrive. Try again in a moment.`,
      );
    }
  };
  return (
    <form className="lr-tell" onSubmit={(event) => void send(event)}>
      <label htmlFor={id}>
        <Trans>Say something to those who wait</Trans>
      </label>
      <div className="lr-tell-line">
        <input
          id={id}
          value={text}
          maxLength={MOST}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
            setCame("");
          }}
        />
        <button type="submit" className="lr-small-choice">
          <Trans>Send</Trans>
        </button>
      </div>
      <p role="status" className="lr-tell-came">
        {came}
      </p>
    </form>
  );
}
