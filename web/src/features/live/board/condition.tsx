/** What is not as usual with a board: not there yet, not connected, not taken. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Refused } from "../../../lib/api";
import { useProblem } from "../../../lib/problems";
import type { SharedDocument } from "../engine/shared-document";
import "../problems";
import { useDocumentState } from "./use-shared";

export function Condition({ shared }: { shared: SharedDocument }) {
  const { t } = useLingui();
  const phase = useDocumentState(shared, (state) => state.phase);
  const unsaved = useDocumentState(shared, (state) => state.unsaved);
  const problem = useDocumentState(shared, (state) => state.problem);
  const sentence = useProblem();
  const says =
    phase === "gone"
      ? problem
        ? sentence(new Refused(problem))
        : t`This board is not there any more.`
      : problem
        ? sentence(new Refused(problem))
        : phase === "away"
          ? unsaved
            ? t`Not connected. What you draw is kept here and sent when you are back.`
            : t`Not connected. You see the board as it was.`
          : null;
  return (
    <div className="bd-condition" role="status">
      {says && (
        <p>
          {says}
          {problem && phase !== "gone" && (
            <button type="button" className="bd-text-button" onClick={() => shared.forgetProblem()}>
              <Trans>Close</Trans>
            </button>
          )}
        </p>
      )}
    </div>
  );
}
