/** The board as a file: a picture or a PDF. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Download, FileImage, FileText } from "lucide-react";
import { useState } from "react";
import { Choice } from "../components/more-dialog";
import { RoomDialog } from "../components/room-dialog";
import type { DocumentView } from "../engine/protocol";
import { saveBoard } from "./export";
import { HeadButton } from "./head-button";
import type { Drawing } from "./kinds";

export function Files({ about, drawing }: { about: DocumentView; drawing: Drawing | null }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const close = () => setOpen(false);
  const save = (kind: "png" | "pdf") => () => {
    if (!drawing) return;
    setFailed(false);
    saveBoard(drawing, about.title, kind).then(close, () => setFailed(true));
  };
  const isEmpty = open && drawing?.getSceneElements().length === 0;
  return (
    <>
      <HeadButton icon={<Download className="lr-icon" />} opensDialog onPress={() => setOpen(true)}>
        <Trans>Save</Trans>
      </HeadButton>
      {open && (
        <RoomDialog
          look="menu"
          title={<Trans>Save a copy of the board</Trans>}
          onClose={close}
          actions={
            <button type="button" className="lr-choice" onClick={close}>
              <Trans>Close</Trans>
            </button>
          }
        >
          {isEmpty ? (
            <p>
              <Trans>There is nothing on the board yet.</Trans>
            </p>
          ) : (
            <div className="lr-more">
              <Choice icon={<FileImage />} word={t`As a picture (PNG)`} onPress={save("png")} />
              <Choice icon={<FileText />} word={t`As a PDF`} onPress={save("pdf")} />
            </div>
          )}
          <p role="status">{failed && <Trans>The copy could not be made. Try again in a moment.</Trans>}</p>
        </RoomDialog>
      )}
    </>
  );
}
