/** For hosts, at the top of the people: who waits to come in, and a word to them. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Check } from "lucide-react";
import { useRef } from "react";
import type { Waiting } from "../../engine/protocol";
import { useEngine, useRoom } from "../../hooks/use-room";
import { Face } from "../face";
import { TellWaiting } from "./tell-waiting";

export function WaitingList() {
  const engine = useEngine();
  const waiting = useRoom((state) => (state.you?.host ? state.waiting : NOBODY));
  const heading = useRef<HTMLHeadingElement>(null);
  if (waiting.length === 0) return null;
  // The pressed button goes away with its row: the focus goes to the heading, which says how many are left, and with
  // the last one to the heading of the panel.
  const settle = (done: Promise<void>, all = waiting.length === 1) => {
    const panel = heading.current?.closest(".lr-tabpanel")?.querySelector("h2");
    (all ? (panel ?? heading.current) : heading.current)?.focus();
    void done;
  };
  return (
    <section className="lr-waiting">
      <h3 ref={heading} tabIndex={-1}>
        <Plural value={waiting.length} one="# waits to come in" other="# wait to come in" />
      </h3>
      <ul>
        {waiting.map((one) => (
          <WaitingRow
            key={one.seat_id}
            one={one}
            onAdmit={() => settle(engine.act("admit", { seat_id: one.seat_id }))}
            onTurnAway={() => settle(engine.act("turn_away", { seat_id: one.seat_id }))}
          />
        ))}
      </ul>
      {waiting.length > 1 && (
        <button
          type="button"
          className="lr-small-choice lr-wide"
          onClick={() => settle(engine.act("admit", {}), true)}
        >
          <Check className="lr-icon" />
          <Trans>Let everyone in</Trans>
        </button>
      )}
      <TellWaiting />
    </section>
  );
}

const NOBODY: Waiting[] = [];

interface RowProps {
  one: Waiting;
  onAdmit: () => void;
  onTurnAway: () => void;
}

function WaitingRow({ one, onAdmit, onTurnAway }: RowProps) {
  const { t } = useLingui();
  const name = one.name;
  return (
    <li className="lr-waiting-row">
      <Face name={name} />
      <span className="lr-person-name">
        <b>{name}</b>
        {one.guest && (
          <span>
            <Trans>Guest</Trans>
          </span>
        )}
      </span>
      <span className="lr-waiting-acts">
        <button
          type="button"
          className="lr-small-choice lr-strong"
          aria-label={t`Let in ${name}`}
          onClick={onAdmit}
        >
          <Trans>Let in</Trans>
        </button>
        <button
          type="button"
          className="lr-small-choice"
          aria-label={t`Not now, ${name}`}
          onClick={onTurnAway}
        >
          <Trans>Not now</Trans>
        </button>
      </span>
    </li>
  );
}
