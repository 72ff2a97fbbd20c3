/** A whiteboard on the stage: its surface, its tools and the ways out of it (pictures, files). */
import { Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useRef } from "react";
import type { DocumentView } from "../engine/protocol";
import type { SharedDocument } from "../engine/shared-document";
import { STAGE_PANEL } from "../components/documents/stage-tabs";
import type { Shape } from "../hooks/use-size";
import { BoardScene } from "./board-scene";
import type { Side } from "./side-list";
import { useDocumentState, useShared } from "./use-shared";
import "./board.css";

export interface BoardStageProps {
  document: DocumentView;
  tabs: ReactNode;
  shape: Shape;
  /** Absent where the room has no panel. */
  side?: Side | undefined;
  calm?: boolean;
}

export default function BoardStage(props: BoardStageProps) {
  const shared = useShared(props.document.id);
  const whole = useRef<HTMLDivElement>(null);
  if (!shared) return <Waiting tabs={props.tabs} />;
  return (
    <div ref={whole} className="bd-stage" data-shape={props.shape} data-calm={props.calm}>
      <BoardScene {...props} shared={shared} whole={whole} />
    </div>
  );
}

function Waiting({ tabs }: { tabs: ReactNode }) {
  return (
    <>
      <div className="lr-share-head">{tabs}</div>
      <div id={STAGE_PANEL} role="tabpanel" className="lr-share-frame lr-document-wait">
        <p className="lr-share-wait">
          <Trans>Opening</Trans>
        </p>
      </div>
    </>
  );
}

/** What is not as usual: not there yet, not connected, not taken. */
export function Condition({ shared }: { shared: SharedDocument }) {
  const { t } = useLingui();
  const phase = useDocumentState(shared, (state) => state.phase);
  const unsaved = useDocumentState(shared, (state) => state.unsaved);
  const problem = useDocumentState(shared, (state) => state.problem);
  const says =
    phase === "gone"
      ? (problem?.detail ?? t`This board is not there any more.`)
      : problem
        ? (problem.detail ?? problem.title)
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
