/** A board or notes in the large place. What draws them is loaded when somebody looks. */
import { Trans } from "@lingui/react/macro";
import { lazy, type ReactNode, Suspense } from "react";
import type { DocumentView } from "../../engine/protocol";
import type { Shape } from "../../hooks/use-size";
import type { Side } from "../../board/side-list";
import { NotesStage } from "../../notes/notes-stage";
import { STAGE_PANEL } from "./stage-tabs";

const BoardStage = lazy(() => import("../../board/board-stage"));

interface Props {
  document: DocumentView;
  tabs: ReactNode;
  shape: Shape;
  side?: Side | undefined;
  calm?: boolean;
}

export default function DocumentStage(props: Props) {
  return (
    <div className="lr-share">
      {props.document.kind === "notes" ? (
        <Notes key={props.document.id} {...props} />
      ) : (
        <Suspense fallback={<Coming tabs={props.tabs} />}>
          <BoardStage key={props.document.id} {...props} />
        </Suspense>
      )}
    </div>
  );
}

function Notes({ document, tabs }: Props) {
  return (
    <>
      <div className="lr-share-head">{tabs}</div>
      <div id={STAGE_PANEL} role="tabpanel" aria-label={document.title} className="lr-document">
        <NotesStage document={document} />
      </div>
    </>
  );
}

function Coming({ tabs }: { tabs: ReactNode }) {
  return (
    <>
      <div className="lr-share-head">{tabs}</div>
      <div id={STAGE_PANEL} role="tabpanel" className="lr-share-frame lr-document-wait">
        <p className="lr-share-wait" role="status">
          <Trans>Opening</Trans>
        </p>
      </div>
    </>
  );
}
