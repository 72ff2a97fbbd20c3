/** Who may do what, for hosts: each change holds at once, for everybody who does not lead. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useId } from "react";
import type { ClientEvents, Rules } from "../../engine/protocol";
import { useEngine, useRoom } from "../../hooks/use-room";
import { RoomDialog } from "../room-dialog";

/** What is not named stays as it is. */
export const SAME_RULES: ClientEvents["set_rules"]["ask"] = {
  speak: null,
  show: null,
  share: null,
  draw: null,
  chat: null,
  locked: null,
  waiting_room: null,
};

type Switch = Exclude<keyof Rules, "chat">;

export function RulesDialog({ onClose }: { onClose: () => void }) {
  const engine = useEngine();
  const rules = useRoom((state) => state.desk.rules);
  const set = (change: Partial<Rules>) => void engine.act("set_rules", { ...SAME_RULES, ...change });
  const row = (rule: Switch, word: ReactNode, hint?: ReactNode) => (
    <RuleSwitch on={rules[rule]} word={word} hint={hint} onChange={(on) => set({ [rule]: on })} />
  );
  return (
    <RoomDialog
      title={<Trans>Who may do what</Trans>}
      onClose={onClose}
      actions={
        <button type="button" className="lr-choice" onClick={onClose}>
          <Trans>Done</Trans>
        </button>
      }
    >
      <fieldset className="lr-rules">
        <legend>
          <Trans>Participants may</Trans>
        </legend>
        {row("speak", <Trans>Switch their microphones on</Trans>)}
        {row("show", <Trans>Switch their cameras on</Trans>)}
        {row("share", <Trans>Share their screens</Trans>)}
        {row("draw", <Trans>Draw on boards and write notes</Trans>)}
        <ChatRule chat={rules.chat} onChange={(chat) => set({ chat })} />
      </fieldset>
      <fieldset className="lr-rules">
        <legend>
          <Trans>Who comes in</Trans>
        </legend>
        {row(
          "locked",
          <Trans>Lock the room</Trans>,
          <Trans>Nobody new comes in. Who was here before may come back.</Trans>,
        )}
        {row(
          "waiting_room",
          <Trans>Waiting room</Trans>,
          <Trans>Who comes waits until a host lets them in. Guests wait always.</Trans>,
        )}
      </fieldset>
    </RoomDialog>
  );
}

interface SwitchProps {
  on: boolean;
  word: ReactNode;
  hint?: ReactNode;
  onChange: (on: boolean) => void;
}

function RuleSwitch({ on, word, hint, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="lr-rule">
      <label className="lr-switch">
        <input
          type="checkbox"
          role="switch"
          checked={on}
          aria-describedby={hint ? id : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span className="lr-grow">{word}</span>
        <span className="lr-rule-state" aria-hidden="true">
          {on ? <Trans>On</Trans> : <Trans>Off</Trans>}
        </span>
      </label>
      {hint && (
        <p id={id} className="lr-rule-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

function ChatRule({ chat, onChange }: { chat: Rules["chat"]; onChange: (chat: Rules["chat"]) => void }) {
  const { t } = useLingui();
  const id = useId();
  return (
    <div className="lr-rule-select">
      <label htmlFor={id}>
        <Trans>Write in the chat</Trans>
      </label>
      <select id={id} value={chat} onChange={(event) => onChange(event.target.value as Rules["chat"])}>
        <option value="everyone">{t`To everyone`}</option>
        <option value="hosts">{t`To hosts only`}</option>
        <option value="closed">{t`Not at all, the chat is closed`}</option>
      </select>
    </div>
  );
}
