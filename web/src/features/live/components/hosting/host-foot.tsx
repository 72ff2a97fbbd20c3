/** For hosts, below the people: what is done to all at once, and how it stands. */
import { Trans } from "@lingui/react/macro";
import { Lock, Mic, MicOff } from "lucide-react";
import { useId } from "react";
import { useEngine, useRoom } from "../../hooks/use-room";
import { SAME_RULES } from "./rules-dialog";

export function HostFoot() {
  const id = useId();
  const engine = useEngine();
  const isHost = useRoom((state) => state.you?.host ?? false);
  const speak = useRoom((state) => state.desk.rules.speak);
  if (!isHost) return null;
  return (
    <div className="lr-panel-foot">
      <p id={id}>
        {speak ? (
          <Trans>Everyone may speak.</Trans>
        ) : (
          <Trans>Microphones are shut. Only hosts may speak, and those they allow.</Trans>
        )}
      </p>
      <button
        type="button"
        className="lr-small-choice"
        aria-describedby={id}
        onClick={() => void engine.act("set_rules", { ...SAME_RULES, speak: !speak })}
      >
        {speak ? <Lock className="lr-icon" /> : <Mic className="lr-icon" />}
        {speak ? <Trans>Shut all microphones</Trans> : <Trans>Let everyone speak</Trans>}
      </button>
      <button
        type="button"
        className="lr-small-choice"
        onClick={() => void engine.act("mute_all", { source: "microphone" })}
      >
        <MicOff className="lr-icon" />
        <Trans>Mute everyone</Trans>
      </button>
    </div>
  );
}
