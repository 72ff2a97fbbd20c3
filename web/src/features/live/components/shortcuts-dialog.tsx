/** The one place of the keyboard shortcuts: what they are, another key for each, and their switch. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { keep, useDevice } from "../device";
import {
  changeKey,
  FIRST_KEYS,
  keyProblem,
  type KeyProblem,
  type Shortcut,
  SHORTCUTS,
  useKeys,
} from "../hooks/use-shortcuts";
import { RoomDialog } from "./room-dialog";

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const on = useDevice((device) => device.keysOn);
  const isChanged = useDevice((device) => Object.keys(device.keys).length > 0);
  const keys = useKeys();
  const does = useDeeds();
  const [changing, change] = useState<Shortcut | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const explain = useKeyProblem();

  const nameOf = (shortcut: Shortcut) => {
    const deed = does[shortcut];
    return changing === shortcut ? t`Press a key for: ${deed}` : t`Change: ${deed}`;
  };
  const press = (shortcut: Shortcut) => (event: KeyboardEvent) => {
    if (changing !== shortcut || event.key === "Tab" || event.key === "Shift") return;
    event.preventDefault();
    event.stopPropagation();
    const found = event.key === "Escape" ? null : keyProblem(event.key, shortcut, keys);
    setProblem(found && explain(event.key, found));
    if (found) return;
    if (event.key !== "Escape") changeKey(shortcut, event.key);
    change(null);
  };

  return (
    <RoomDialog
      title={<Trans>Keyboard shortcuts</Trans>}
      onClose={onClose}
      actions={
        <>
          {isChanged && (
            <button type="button" className="lr-choice" onClick={() => keep({ keys: {} })}>
              <Trans>Use the first keys again</Trans>
            </button>
          )}
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Close</Trans>
          </button>
        </>
      }
    >
      <ul className="lr-keys">
        {SHORTCUTS.map((shortcut) => (
          <li key={shortcut}>
            <kbd>{(keys[shortcut] ?? FIRST_KEYS[shortcut]).toUpperCase()}</kbd>
            <span className="lr-grow">{does[shortcut]}</span>
            <button
              type="button"
              className="lr-quiet"
              aria-label={nameOf(shortcut)}
              onClick={() => {
                change(changing === shortcut ? null : shortcut);
                setProblem(null);
              }}
              onBlur={() => change(null)}
              onKeyDown={press(shortcut)}
            >
              {changing === shortcut ? <Trans>Press a key</Trans> : <Trans>Change</Trans>}
            </button>
          </li>
        ))}
        <FixedKey name={<Trans>Space</Trans>} does={<Trans>Hold to speak while you are muted</Trans>} />
        <FixedKey name="F6" does={<Trans>Go to the next part of the room</Trans>} />
      </ul>
      <p role="status" className="lr-keys-problem">
        {problem}
      </p>
      <label className="lr-switch">
        <input
          type="checkbox"
          role="switch"
          checked={on}
          onChange={(event) => keep({ keysOn: event.target.checked })}
        />
        {on ? <Trans>Single keys, on</Trans> : <Trans>Single keys, off</Trans>}
      </label>
    </RoomDialog>
  );
}

/** Keys that every room and every web page has in the same place. */
function FixedKey({ name, does }: { name: ReactNode; does: ReactNode }) {
  return (
    <li>
      <kbd>{name}</kbd>
      <span className="lr-grow">{does}</span>
    </li>
  );
}

function useDeeds(): Record<Shortcut, string> {
  const { t } = useLingui();
  return {
    microphone: t`Mute or unmute`,
    hand: t`Raise or lower your hand`,
    camera: t`Start or stop video`,
    chat: t`Open or close the chat`,
    people: t`Open or close people`,
    captions: t`Show or hide captions`,
    board: t`Show or leave the whiteboard`,
    list: t`Show this list`,
  };
}

function useKeyProblem(): (key: string, problem: KeyProblem) => string {
  const { t } = useLingui();
  const deeds = useDeeds();
  return (pressed, problem) => {
    const key = pressed.toUpperCase();
    if (problem === "no-letter") return t`Choose a letter, a number or a sign.`;
    const deed = deeds[problem.taken];
    return t`${key} is already used for “${deed}”. Choose another key.`;
  };
}
