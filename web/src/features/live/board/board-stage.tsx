/** A whiteboard on the stage: its surface, its tools and the ways out of it (pictures, files). */
import { Trans } from "@lingui/react/macro";
import { type ReactNode, useRef } from "react";
import { STAGE_PANEL } from "../components/documents/stage-tabs";
import { BoardScene, type BoardStageProps } from "./board-scene";
import { useShared } from "./use-shared";
import "./board.css";

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
