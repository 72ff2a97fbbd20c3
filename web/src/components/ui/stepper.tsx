// Where one is in a few steps: bars, names, and "Step 1 of 3" in words.
import { Trans } from "@lingui/react/macro";
import { Check } from "lucide-react";

export function Stepper({ steps, current }: { steps: string[]; current: number }) {
  const step = current + 1;
  const count = steps.length;
  return (
    <>
      <ol className="stepper">
        {steps.map((name, index) => (
          <li
            key={name}
            className={index < current ? "done" : index === current ? "here" : ""}
            aria-current={index === current ? "step" : undefined}
          >
            <span>
              {index < current && <Check className="i" aria-hidden />}
              {name}
            </span>
          </li>
        ))}
      </ol>
      <p className="muted">
        <Trans>
          Step {step} of {count}
        </Trans>
      </p>
    </>
  );
}
