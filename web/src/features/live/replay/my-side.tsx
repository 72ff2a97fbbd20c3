// Whoever watches: whether one may be in recordings of this program, and the way to change that.
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";

import { MyAnswer } from "../components/recording/my-answer";
import { useConsentView } from "../hooks/use-recording";
import "../problems";
import { replayQuery } from "./queries";

export function MySide({ sessionId, recordingId }: { sessionId: string; recordingId: string }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const view = useConsentView(sessionId).data;
  // Also where nothing is recorded any more: older recordings are still there to be left.
  if (!view) return null;
  return (
    <div className="rp-mine">
      <MyAnswer
        sessionId={sessionId}
        label={t`My answer`}
        view={view}
        look="btn btn-secondary"
        // What may be shown of it is another now: all of it is asked for again, and shown from the same moment.
        onAnswered={() => void queries.resetQueries({ queryKey: replayQuery(recordingId).queryKey })}
      >
        <h2 className="text-lg">
          <Trans>My answer</Trans>
        </h2>
        <p>
          <Trans>
            A “no” takes you out of all recordings of this program at once. With a “yes” you are shown in them
            again.
          </Trans>
        </p>
      </MyAnswer>
    </div>
  );
}
