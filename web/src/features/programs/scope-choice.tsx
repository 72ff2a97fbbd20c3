// Of a session that is one of a series: whether a change goes for it alone, or for more of them.
import { Trans } from "@lingui/react/macro";
import { type ReactNode, useId } from "react";

/** `after` is this one and those after it; `all` is everything that has not begun. */
export type Scope = "one" | "after" | "all";

interface Props {
  legend: ReactNode;
  value: Scope;
  onChange: (scope: Scope) => void;
  /** A changed rule is never that of one session. */
  noOne?: boolean;
}

export function ScopeChoice({ legend, value, onChange, noOne = false }: Props) {
  const name = useId();
  const scopes: Scope[] = noOne ? ["after", "all"] : ["one", "after", "all"];
  return (
    <fieldset className="field scope">
      <legend>{legend}</legend>
      {scopes.map((scope) => (
        <label key={scope} className="check">
          <input type="radio" name={name} checked={scope === value} onChange={() => onChange(scope)} />
          <span>
            {scope === "one" ? (
              <Trans>Only this session</Trans>
            ) : scope === "after" ? (
              <Trans>This and those after it</Trans>
            ) : (
              <Trans>All that have not begun</Trans>
            )}
          </span>
        </label>
      ))}
      {noOne && (
        <p className="hint">
          <Trans>How it repeats is of several sessions, never of one.</Trans>
        </p>
      )}
    </fieldset>
  );
}
