/** Breakout rooms, for hosts: plan, open, move people, help, bring everybody back. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { Refused } from "../../../../lib/api";
import type { Breakouts, ClientEvents } from "../../engine/protocol";
import { useEngine, useRoom } from "../../hooks/use-room";
import { RoomDialog } from "../room-dialog";
import { useRoomName } from "./breakout-names";
import { clockText, useSecondsLeft } from "./timer";

export function BreakoutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const engine = useEngine();
  const breakouts = useRoom((state) => state.desk.breakouts);
  const [error, setError] = useState<string>();
  const { body, pressed } = useFocusBack();
  const act = async <E extends keyof ClientEvents>(event: E, said: ClientEvents[E]["ask"]) => {
    pressed(said);
    try {
      await engine.ask(event, said);
      setError(undefined);
    } catch (refused) {
      setError(refused instanceof Refused ? refused.problem.detail : t`The line is down. Try again.`);
    }
  };
  return (
    <RoomDialog
      title={<Trans>Breakout rooms</Trans>}
      onClose={onClose}
      actions={
        <button type="button" className="lr-choice" onClick={onClose}>
          <Trans>Close</Trans>
        </button>
      }
    >
      <div ref={body}>
        <p role="alert">{error}</p>
        {!breakouts?.open && <PlanForm act={act} />}
        {breakouts && <Rooms breakouts={breakouts} act={act} />}
        {breakouts && (breakouts.open ? <Running breakouts={breakouts} act={act} /> : <OpenForm act={act} />)}
      </div>
    </RoomDialog>
  );
}

/**
 * What is pressed here often goes away: a person's row moves to another room, the button into a room gives way to "You
 * are here". The focus then goes to where that is now, else to the title.
 */
function useFocusBack() {
  const body = useRef<HTMLDivElement>(null);
  const about = useRef<{ user: string | null } | null>(null);
  // Whatever of the room is drawn anew, this looks after it.
  useRoom((state) => state.desk.breakouts);
  useRoom((state) => state.you?.breakout_id);
  useEffect(() => {
    if (!about.current || document.activeElement !== document.body) return;
    const { user } = about.current;
    const inside = (what: string) => body.current?.querySelector<HTMLElement>(what);
    const to = user === null ? inside("[data-here]") : inside(`[data-user="${user}"]`);
    (to ?? body.current?.closest("dialog")?.querySelector("h2"))?.focus();
    about.current = null;
  });
  const pressed = (said: object) => {
    about.current = { user: "user_id" in said ? String(said.user_id) : null };
  };
  return { body, pressed };
}

type Act = <E extends keyof ClientEvents>(event: E, said: ClientEvents[E]["ask"]) => Promise<void>;

function PlanForm({ act }: { act: Act }) {
  const { t } = useLingui();
  const [count, setCount] = useState("2");
  const [how, setHow] = useState<ClientEvents["plan_breakouts"]["ask"]["how"]>("random");
  return (
    <div className="lr-form lr-form-row">
      <label>
        <span>{t`How many rooms`}</span>
        <input
          type="number"
          min={1}
          max={50}
          value={count}
          onChange={(event) => setCount(event.target.value)}
        />
      </label>
      <label>
        <span>{t`Who goes where`}</span>
        <select value={how} onChange={(event) => setHow(event.target.value as typeof how)}>
          <option value="random">{t`By chance`}</option>
          <option value="by_hand">{t`I choose`}</option>
          <option value="choice">{t`Each person chooses`}</option>
          <option value="last_time">{t`As last time`}</option>
        </select>
      </label>
      <button
        type="button"
        className="lr-choice"
        onClick={() => void act("plan_breakouts", { count: Number(count), how })}
      >
        <Trans>Plan the rooms</Trans>
      </button>
    </div>
  );
}

function Rooms({ breakouts, act }: { breakouts: Breakouts; act: Act }) {
  const people = useRoom((state) => state.people);
  const you = useRoom((state) => state.you);
  const nameOf = useRoomName();
  // A person with two seats is one person.
  const names = new Map(Object.values(people).map((person) => [person.user_id, person.name]));
  const placed = new Set(breakouts.rooms.flatMap((room) => room.people));
  const isHost = new Set(Object.values(people).flatMap((one) => (one.host ? [one.user_id] : [])));
  const rest = [...names.keys()].filter((user) => !placed.has(user) && !isHost.has(user));
  return (
    <ul className="lr-breakouts">
      {breakouts.rooms.map((room) => (
        <li key={room.id}>
          <RoomName
            key={room.name}
            name={nameOf(room.name)}
            onName={(name) => void act("name_breakout", { breakout_id: room.id, name })}
          />
          {room.help_since && (
            <p className="lr-help">
              <Trans>They ask for help</Trans>
            </p>
          )}
          <ul>
            {room.people.map((user) => (
              <PersonRow
                key={user}
                user={user}
                name={names.get(user)}
                at={room.id}
                breakouts={breakouts}
                act={act}
              />
            ))}
          </ul>
          {breakouts.open && (
            <GoInto
              name={nameOf(room.name)}
              here={you?.breakout_id === room.id}
              onGo={() => void act("move_to", { breakout_id: room.id })}
            />
          )}
        </li>
      ))}
      {rest.length > 0 && (
        <li>
          <h3>
            <Trans>In the main room</Trans>
          </h3>
          <ul>
            {rest.map((user) => (
              <PersonRow
                key={user}
                user={user}
                name={names.get(user)}
                at=""
                breakouts={breakouts}
                act={act}
              />
            ))}
          </ul>
        </li>
      )}
    </ul>
  );
}

function GoInto({ name, here, onGo }: { name: string; here: boolean; onGo: () => void }) {
  return here ? (
    <p data-here tabIndex={-1}>
      <Trans>You are here</Trans>
    </p>
  ) : (
    <button type="button" className="lr-choice" onClick={onGo}>
      <Trans>Go into {name}</Trans>
    </button>
  );
}

/** The name is written where it stands, and taken over when the field is left. */
function RoomName({ name, onName }: { name: string; onName: (name: string) => void }) {
  const { t } = useLingui();
  return (
    <input
      className="lr-breakout-name"
      aria-label={t`Name of the room ${name}`}
      defaultValue={name}
      maxLength={60}
      onBlur={(event) => {
        const next = event.target.value.trim();
        if (next && next !== name) onName(next);
      }}
    />
  );
}

interface RowProps {
  user: string;
  name: string | undefined;
  /** The room they are in; empty is the main room. */
  at: string;
  breakouts: Breakouts;
  act: Act;
}

function PersonRow({ user, name, at, breakouts, act }: RowProps) {
  const { t } = useLingui();
  const nameOf = useRoomName();
  // Who is planned and not here now is moved when they come.
  if (!name) return null;
  return (
    <li className="lr-breakout-person">
      <span className="lr-grow">{name}</span>
      <select
        aria-label={t`Room of ${name}`}
        data-user={user}
        value={at}
        onChange={(event) => void act("move_to", { user_id: user, breakout_id: event.target.value || null })}
      >
        <option value="">{t`Main room`}</option>
        {breakouts.rooms.map((room) => (
          <option key={room.id} value={room.id}>
            {nameOf(room.name)}
          </option>
        ))}
      </select>
    </li>
  );
}

function OpenForm({ act }: { act: Act }) {
  const { t } = useLingui();
  const [minutes, setMinutes] = useState("10");
  return (
    <div className="lr-form lr-form-row">
      <label>
        <span>{t`Everyone comes back after so many minutes (empty: when you say so)`}</span>
        <input inputMode="numeric" value={minutes} onChange={(event) => setMinutes(event.target.value)} />
      </label>
      <button
        type="button"
        className="lr-choice"
        onClick={() => void act("open_breakouts", { minutes: minutes.trim() ? Number(minutes) || 0 : null })}
      >
        <Trans>Open the rooms</Trans>
      </button>
    </div>
  );
}

function Running({ breakouts, act }: { breakouts: Breakouts; act: Act }) {
  const { t } = useLingui();
  const here = useRoom((state) => state.you?.breakout_id ?? null);
  const left = useSecondsLeft(breakouts.ends_at);
  const [word, setWord] = useState("");
  const minutes = left === null ? null : Math.ceil(left / 60);
  return (
    <div className="lr-form">
      <p>
        {left === null || minutes === null ? (
          <Trans>The rooms are open until you bring everyone back.</Trans>
        ) : left > 90 ? (
          <Plural value={minutes} one="# minute left" other="# minutes left" />
        ) : (
          <Trans>{clockText(left)} left</Trans>
        )}
      </p>
      <div className="lr-form-row">
        <label>
          <span>{t`Say something to everyone`}</span>
          <input value={word} maxLength={300} onChange={(event) => setWord(event.target.value)} />
        </label>
        <button
          type="button"
          className="lr-choice"
          onClick={() => void act("tell_all", { text: word }).then(() => setWord(""))}
        >
          <Trans>Say it</Trans>
        </button>
      </div>
      <div className="lr-form-row">
        {here && (
          <button
            type="button"
            className="lr-choice"
            onClick={() => void act("move_to", { breakout_id: null })}
          >
            <Trans>Go back to the main room</Trans>
          </button>
        )}
        <button
          type="button"
          className="lr-choice"
          onClick={() => void act("close_breakouts", { in_seconds: 60 })}
        >
          <Trans>Bring everyone back in 1 minute</Trans>
        </button>
        <button
          type="button"
          className="lr-choice"
          onClick={() => void act("close_breakouts", { in_seconds: 0 })}
        >
          <Trans>Bring everyone back now</Trans>
        </button>
      </div>
    </div>
  );
}
