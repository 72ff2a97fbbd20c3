/** In the device check: what one answered about being recorded, or the question. It keeps nobody from joining. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";

import { useConsentView } from "../../hooks/use-recording";
import { MyAnswer } from "./my-answer";

export function RecordingBeforeJoining({ sessionId }: { sessionId: string }) {
  const { t } = useLingui();
  const view = useConsentView(sessionId).data;
  if (!view || view.kept_days === 0) return null;
  return (
    <MyAnswer
      sessionId={sessionId}
      label={t`Recording`}
      view={view}
      look="lb-button"
      small={
        <p className="lb-small">
          <Trans>You can join with either answer, and change it at any time.</Trans>
        </p>
      }
    >
      <p>
        <Plural
          value={view.kept_days}
          one="Sessions of this program may be recorded. A recording is kept for # day."
          other="Sessions of this program may be recorded. A recording is kept for # days."
        />
      </p>
    </MyAnswer>
  );
}
