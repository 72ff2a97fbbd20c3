/** Where one is while the class is split, how long, and the ways from here. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Split } from "lucide-react";
import { useRef, useState } from "react";
import { useEngine, useRoom } from "../../hooks/use-room";
import { BreakoutChoice } from "./breakout-choice";
import { useRoomName } from "./breakout-names";
import { clockText, useSecondsLeft } from "./timer";

export function BreakoutStrip() {
  const { t } = useLingui();
  const engine = useEngine();
  const nameOf = useRoomName();
  const breakouts = useRoom((state) => state.desk.breakouts);
  const here = useRoom((state) => state.you?.breakout_id ?? null);
  const host = useRoom((state) => state.you?.host ?? false);
  const left = useSecondsLeft(breakouts?.open ? breakouts.ends_at : null);
  const [choosing, choose] = useState(false);
  const where = useRef<HTMLParagraphElement>(null);
  if (!breakouts?.open) return null;
  const room = breakouts.rooms.find((one) => one.id === here);
  const helping = room?.help_since != null;
  const calls = host ? breakouts.rooms.filter((one) => one.help_since !== null && one.id !== here) : [];
  const mayChoose = host || breakouts.choice;
  if (!room && !mayChoose) return null;
  // What was pressed goes away; the focus goes to the words that say where one is then.
  const goTo = (id: string | null) => {
    where.current?.focus();
    void engine.act("move_to", { breakout_id: id });
  };
  return (
    <section className="lr-breakout-strip" aria-label={t`Breakout room`}>
      <p ref={where} className="lr-grow" tabIndex={-1}>
        {room ? (
          <Trans>You are in breakout room {room.name}.</Trans>
        ) : (
          <Trans>The breakout rooms are open. You are in the main room.</Trans>
        )}{" "}
        {left !== null && <Trans>{clockText(left)} left</Trans>}
      </p>
      {calls.map((call) => (
        <button key={call.id} type="button" className="lr-act" onClick={() => goTo(call.id)}>
          <Help name={nameOf(call.name)} />
        </button>
      ))}
      {room && !host && (
        <button
          type="button"
          className="lr-act"
          onClick={() => void engine.act("call_help", { help: !helping })}
        >
          {helping ? <Trans>No more help needed</Trans> : <Trans>Call for help</Trans>}
        </button>
      )}
      {mayChoose && (
        <button type="button" className="lr-choice" aria-haspopup="dialog" onClick={() => choose(true)}>
          <Trans>Choose a room</Trans>
        </button>
      )}
      {mayChoose && room && (
        <button type="button" className="lr-choice" onClick={() => goTo(null)}>
          <Trans>Back to the main room</Trans>
        </button>
      )}
      {choosing && <BreakoutChoice onClose={() => choose(false)} />}
    </section>
  );
}

function Help({ name }: { name: string }) {
  return <Trans>{name} asks for help: go there</Trans>;
}

/** In the header: which breakout room this is. */
export function BreakoutName() {
  const nameOf = useRoomName();
  const room = useRoom((state) =>
    state.desk.breakouts?.open
      ? state.desk.breakouts.rooms.find((one) => one.id === state.you?.breakout_id)?.name
      : undefined,
  );
  if (room === undefined) return null;
  return (
    <p className="lr-here">
      <Split className="lr-icon" aria-hidden="true" />
      {nameOf(room)}
    </p>
  );
}
