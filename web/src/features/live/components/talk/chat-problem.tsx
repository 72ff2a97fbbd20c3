/** Why something was not said, beside where it was written. The region is always there, so that it is heard. */
import { useLingui } from "@lingui/react/macro";
import type { SendProblem } from "./chat-state";

export function SendProblemText({ problem }: { problem: SendProblem | null }) {
  const { t } = useLingui();
  return (
    <p role="alert" className="lr-chat-problem">
      {problem?.kind === "lost" && t`The connection dropped. Your words are still here: send them again.`}
      {problem?.kind === "refused" && problem.text}
    </p>
  );
}
