// A password, with a button to read it: typing blind is a puzzle.
import { Trans, useLingui } from "@lingui/react/macro";
import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type ReactNode, useState } from "react";

import { Button } from "./button";
import { Field } from "./field";

interface Props extends Omit<ComponentProps<"input">, "className" | "type"> {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
}

export function PasswordField({ label, hint, error, ...input }: Props) {
  const { t } = useLingui();
  const [shown, setShown] = useState(false);
  return (
    <Field {...{ label, hint, error }}>
      {(wired) => (
        <div className="input-row">
          <input className="input" type={shown ? "text" : "password"} {...wired} {...input} />
          <Button
            onClick={() => setShown(!shown)}
            aria-label={shown ? t`Hide what I typed` : t`Show what I typed`}
          >
            {shown ? <EyeOff className="i" aria-hidden /> : <Eye className="i" aria-hidden />}
            {shown ? <Trans>Hide</Trans> : <Trans>Show</Trans>}
          </Button>
        </div>
      )}
    </Field>
  );
}
