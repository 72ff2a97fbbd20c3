/** The options of a new poll, 2 to 12, added and taken away one by one. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus, X } from "lucide-react";
import { useRef } from "react";

const MOST = 12;
const LEAST = 2;

interface Props {
  options: string[];
  onOptions: (options: string[]) => void;
}

export function OptionFields({ options, onOptions }: Props) {
  const { t } = useLingui();
  const set = useRef<HTMLFieldSetElement>(null);
  /** The field is there only after the next drawing. */
  const focus = (at: number) =>
    requestAnimationFrame(() =>
      set.current?.querySelectorAll<HTMLElement>("input")[Math.min(at, MOST - 1)]?.focus(),
    );
  const add = () => {
    onOptions([...options, ""]);
    focus(options.length);
  };
  const remove = (at: number) => {
    onOptions(options.filter((_, place) => place !== at));
    focus(Math.max(0, at - 1));
  };
  return (
    <fieldset ref={set} className="lr-ask-set">
      <legend>
        <Trans>Options</Trans>
      </legend>
      {options.map((option, at) => (
        // An option is its place: there is nothing else to know it by.
        <div key={at} className="lr-ask-option">
          <input
            type="text"
            aria-label={t`Option ${at + 1}`}
            maxLength={120}
            value={option}
            onChange={(event) =>
              onOptions(options.map((one, place) => (place === at ? event.target.value : one)))
            }
          />
          {options.length > LEAST && (
            <button
              type="button"
              className="lr-icon-button"
              aria-label={t`Take away option ${at + 1}`}
              title={t`Take away option ${at + 1}`}
              onClick={() => remove(at)}
            >
              <X />
            </button>
          )}
        </div>
      ))}
      {options.length < MOST ? (
        <button type="button" className="lr-ask-button" onClick={add}>
          <Plus className="lr-icon" aria-hidden="true" />
          <Trans>Add an option</Trans>
        </button>
      ) : (
        <p className="lr-ask-meta">
          <Trans>These are all options a poll can have.</Trans>
        </p>
      )}
    </fieldset>
  );
}
