/** The timer that everybody sees: big plain numbers in the header, set by hosts. */
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Timer as TimerIcon } from "lucide-react";
import { type SyntheticEvent, useEffect, useRef, useState } from "react";
import { Refused } from "../../../../lib/api";
import { useEngine, useRoom } from "../../hooks/use-room";
import { RoomDialog } from "../room-dialog";

/** Whole seconds until an instant of the server's clock, told every second; null without one. */
export function useSecondsLeft(endsAt: string | null | undefined): number | null {
  const offset = useRoom((state) => state.clockOffset) ?? 0;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!endsAt) return;
    const tick = () => setNow(Date.now());
    // At once too: what is known of the time is as old as the last timer.
    const first = setTimeout(tick);
    const beat = setInterval(tick, 1000);
    return () => {
      clearTimeout(first);
      clearInterval(beat);
    };
  }, [endsAt]);
  if (!endsAt) return null;
  return Math.max(0, Math.ceil((Date.parse(endsAt) - now - offset) / 1000));
}

/** "4:05". */
export function clockText(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number: number) => String(number).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

export function TimerClock() {
  const { t } = useLingui();
  const timer = useRoom((state) => state.desk.timer);
  const left = useSecondsLeft(timer?.ends_at);
  if (!timer || left === null) return null;
  return (
    <p className="lr-timer" role="timer" aria-label={timer.label || t`Timer`}>
      <TimerIcon className="lr-icon" aria-hidden="true" />
      {timer.label && <span className="lr-timer-label">{timer.label}</span>}
      <strong>{left > 0 ? clockText(left) : <Trans>Time is up</Trans>}</strong>
    </p>
  );
}

/** Says when the timer begins, its last minute and its end. */
export function useTimerNews(say: (text: string) => void): void {
  const { t } = useLingui();
  const timer = useRoom((state) => state.desk.timer);
  const left = useSecondsLeft(timer?.ends_at);
  const said = useRef<string | null>(null);
  useEffect(() => {
    // What was there when one came in is no news.
    said.current ??= timer ? `${timer.ends_at} ${stepOf(left ?? 0, timer.seconds)}` : "";
    if (!timer || left === null) return;
    const minutes = Math.round(timer.seconds / 60);
    const step = stepOf(left, timer.seconds);
    const key = `${timer.ends_at} ${step}`;
    if (key === said.current) return;
    said.current = key;
    if (step === "end") say(t`Time is up.`);
    else if (step === "minute") say(t`One minute left on the timer.`);
    else
      say(
        minutes > 0
          ? t`${plural(minutes, { one: "The timer is set to # minute.", other: "The timer is set to # minutes." })}`
          : t`The timer is set.`,
      );
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [timer, left]);
}

function stepOf(left: number, seconds: number): "begin" | "minute" | "end" {
  return left === 0 ? "end" : left <= 60 && seconds > 60 ? "minute" : "begin";
}

const PRESETS = [1, 2, 5, 10];

export function TimerDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const engine = useEngine();
  const timer = useRoom((state) => state.desk.timer);
  const [label, setLabel] = useState("");
  const [minutes, setMinutes] = useState("5");
  const [error, setError] = useState<string>();
  const set = async (seconds: number | null) => {
    try {
      await engine.ask("set_timer", { seconds, label });
      onClose();
    } catch (refused) {
      setError(refused instanceof Refused ? refused.problem.detail : t`The line is down. Try again.`);
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void set(Math.round(Number(minutes.replace(",", ".")) * 60) || 0);
  };
  return (
    <RoomDialog
      title={<Trans>Timer for everyone</Trans>}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Close</Trans>
          </button>
          {timer && (
            <button type="button" className="lr-choice" onClick={() => void set(null)}>
              <Trans>Take the timer away</Trans>
            </button>
          )}
        </>
      }
    >
      <form className="lr-form" onSubmit={submit}>
        <label>
          <span>{t`What it is for`}</span>
          <input value={label} maxLength={60} onChange={(event) => setLabel(event.target.value)} />
        </label>
        <label>
          <span>{t`Minutes`}</span>
          <input inputMode="decimal" value={minutes} onChange={(event) => setMinutes(event.target.value)} />
        </label>
        <p role="alert">{error}</p>
        <div className="lr-form-row">
          <button type="submit" className="lr-choice">
            <Trans>Start the timer</Trans>
          </button>
          {PRESETS.map((preset) => (
            <button key={preset} type="button" className="lr-choice" onClick={() => void set(preset * 60)}>
              <Trans>{preset} min</Trans>
            </button>
          ))}
        </div>
      </form>
    </RoomDialog>
  );
}
