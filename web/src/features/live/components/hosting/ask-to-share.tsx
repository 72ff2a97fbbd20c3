/** Asks who shares to make way, once. The answer is theirs, so beside the button it says only that they were asked. */
import { Trans } from "@lingui/react/macro";
import { Check, MonitorUp } from "lucide-react";
import { useState } from "react";
import type { SeatId } from "../../engine/protocol";
import { mayUse } from "../../engine/rules";
import { useEngine, useRoom } from "../../hooks/use-room";
import { CAN_SHARE } from "../controls";

export function AskToShare({ seat }: { seat: SeatId }) {
  const engine = useEngine();
  const may = useRoom((state) => mayUse(state, "screen"));
  const [asked, setAsked] = useState(false);
  if (!may || !CAN_SHARE) return null;
  const ask = () => {
    if (asked) return;
    setAsked(true);
    void engine.act("ask_share", { seat_id: seat });
  };
  return (
    <div className="lr-asks">
      <button type="button" className="lr-choice" aria-disabled={asked} onClick={ask}>
        <MonitorUp className="lr-icon" />
        <Trans>Ask to share instead</Trans>
      </button>
      <p aria-live="polite">
        {asked && (
          <>
            <Check className="lr-icon" aria-hidden="true" />
            <Trans>You have asked. They decide.</Trans>
          </>
        )}
      </p>
    </div>
  );
}
