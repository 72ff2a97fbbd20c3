/** Before a picture goes onto the board: what it shows, in a line, and whether it lies at the back. */
import { Trans } from "@lingui/react/macro";
import { type FormEvent, useId, useState } from "react";
import { RoomDialog } from "../components/room-dialog";

export interface Wish {
  alt: string;
  isBackground: boolean;
  /** Of a PDF; null: all. */
  page: number | null;
}

interface Props {
  file: File;
  onDone: (wish: Wish) => void;
  onClose: () => void;
}

const LONGEST = 200;

export function PictureDialog({ file, onDone, onClose }: Props) {
  const form = useId();
  const isPdf = file.type === "application/pdf";
  const [alt, setAlt] = useState("");
  const [isBackground, setBackground] = useState(false);
  const [page, setPage] = useState("");
  const done = (event: FormEvent) => {
    event.preventDefault();
    const number = Number.parseInt(page, 10);
    onDone({ alt: alt.trim(), isBackground, page: Number.isNaN(number) ? null : number });
  };
  return (
    <RoomDialog
      title={isPdf ? <Trans>Put a PDF on the board</Trans> : <Trans>Put a picture on the board</Trans>}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Cancel</Trans>
          </button>
          <button type="submit" form={form} className="lr-choice" data-main="true">
            {isPdf ? <Trans>Add the pages</Trans> : <Trans>Add the picture</Trans>}
          </button>
        </>
      }
    >
      <form id={form} className="lr-name-form" onSubmit={done}>
        <label>
          <Trans>What does it show?</Trans>
          <span className="bd-hint">
            <Trans>One line, for people who do not see it.</Trans>
          </span>
          <input value={alt} maxLength={LONGEST} onChange={(event) => setAlt(event.target.value)} />
        </label>
        {isPdf ? (
          <label>
            <Trans>Which page?</Trans>
            <span className="bd-hint">
              <Trans>Leave it empty for all pages, at most 20. They lie at the back, under each other.</Trans>
            </span>
            <input inputMode="numeric" value={page} onChange={(event) => setPage(event.target.value)} />
          </label>
        ) : (
          <label className="lr-switch">
            <input
              type="checkbox"
              checked={isBackground}
              onChange={(event) => setBackground(event.target.checked)}
            />
            <Trans>As background: it lies at the back and stays where it is</Trans>
          </label>
        )}
      </form>
    </RoomDialog>
  );
}
