/** Says something to the server for a form: busy while it is on its way, and the refusal as a sentence beside the form. */
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Refused } from "../../../../lib/api";
import { useProblem } from "../../../../lib/problems";

export interface Try {
  busy: boolean;
  problem: string | null;
  say: (problem: string | null) => void;
  /** True when the server took it. */
  run: (act: () => Promise<unknown>) => Promise<boolean>;
}

export function useTry(): Try {
  const { t } = useLingui();
  const sentence = useProblem();
  const [busy, setBusy] = useState(false);
  const [problem, say] = useState<string | null>(null);
  const run = async (act: () => Promise<unknown>) => {
    if (busy) return false;
    setBusy(true);
    say(null);
    try {
      await act();
      return true;
    } catch (error) {
      say(
        error instanceof Refused
          ? sentence(error)
          : t`The connection dropped before this was sent. Try again in a moment.`,
      );
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, say, run };
}
