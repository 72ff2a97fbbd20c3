/** Where one is while the class is split, how long, and the ways from here. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEngine, useRoom } from "../../hooks/use-room";
import { clockText, useSecondsLeft } from "./timer";

export function BreakoutStrip() {
  const { t } = useLingui();
  const engine = useEngine();
  const breakouts = useRoom((state) => state.desk.breakouts);
  const here = useRoom((state) => state.you?.breakout_id ?? null);
  const host = useRoom((state) => state.you?.host ?? false);
  const left = useSecondsLeft(breakouts?.open ? breakouts.ends_at : null);
  if (!breakouts?.open) return null;
  const room = breakouts.rooms.find((one) => one.id === here);
  const helping = room?.help_since != null;
  const calls = host ? breakouts.rooms.filter((one) => one.help_since !== null && one.id !== here) : [];
  if (!room && !host && !breakouts.choice) return null;
  return (
    <section className="lr-breakout-strip" aria-label={t`Breakout room`}>
      <p className="lr-grow">
        {room ? (
          <Trans>You are in breakout room {room.name}.</Trans>
        ) : (
          <Trans>You are in the main room.</Trans>
        )}{" "}
        {left !== null && <Trans>{clockText(left)} left</Trans>}
      </p>
      {calls.map((call) => (
        <button
          key={call.id}
          type="button"
          className="lr-act"
          onClick={() => void engine.act("move_to", { breakout_id: call.id })}
        >
          <Trans>{call.name} asks for help: go there</Trans>
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
      {(breakouts.choice || host) && (
        <label className="lr-breakout-choice">
          <span>{t`Room`}</span>
          <select
            value={here ?? ""}
            onChange={(event) => void engine.act("move_to", { breakout_id: event.target.value || null })}
          >
            <option value="">{t`Main room`}</option>
            {breakouts.rooms.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
    </section>
  );
}
