/** For hosts, below the people: what is done to all at once. */
import { Trans } from "@lingui/react/macro";
import { MicOff } from "lucide-react";
import { useEngine, useRoom } from "../../hooks/use-room";

export function HostFoot() {
  const engine = useEngine();
  const isHost = useRoom((state) => state.you?.host ?? false);
  if (!isHost) return null;
  return (
    <div className="lr-panel-foot">
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
