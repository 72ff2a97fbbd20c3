/** The notes on the stage. Their editor is fetched when they are first looked at and not with the room. */
import { Trans } from "@lingui/react/macro";
import { type ComponentType, useEffect, useState } from "react";

import type { DocumentView } from "../engine/protocol";
import "./notes.css";

export interface NotesProps {
  document: DocumentView;
}

/** Once it is here it stays, however often the stage changes. */
let fetched: ComponentType<NotesProps> | null = null;

export function NotesStage(props: NotesProps) {
  const [tried, tryAgain] = useState(0);
  const [Room, setRoom] = useState(() => fetched);
  const [failed, setFailed] = useState(0);
  useEffect(() => {
    if (fetched) return;
    let isGone = false;
    import("./notes-room").then(
      ({ NotesRoom }) => {
        fetched = NotesRoom;
        if (!isGone) setRoom(() => NotesRoom);
      },
      () => !isGone && setFailed(tried + 1),
    );
    return () => {
      isGone = true;
    };
  }, [tried]);
  if (Room) return <Room {...props} />;
  return (
    <section className="nt" data-theme="light">
      <div className="nt-paper nt-wait" role="status">
        {failed > tried ? <Trans>The notes could not be loaded.</Trans> : <Trans>Opening the notes</Trans>}
      </div>
      {failed > tried && (
        <div className="nt-foot">
          <button type="button" className="nt-button" onClick={() => tryAgain(failed)}>
            <Trans>Try again</Trans>
          </button>
        </div>
      )}
    </section>
  );
}
