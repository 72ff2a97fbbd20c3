/** The whole board as a text, to be read in one go or taken along. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Copy } from "lucide-react";
import { useState } from "react";
import { RoomDialog } from "../../components/room-dialog";
import type { Things } from "./all-things";
import { countWords, paragraph } from "./as-text";

export function ReadDialog({ things, onClose }: { things: Things; onClose: () => void }) {
  const { t } = useLingui();
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(
        [countWords(things), ...things.all.map((thing) => paragraph(thing, things))].join("\n\n"),
      );
      setSaid(t`Copied.`);
    } catch {
      setSaid(t`The text was not copied. Mark it and copy it by hand.`);
    }
  };
  return (
    <RoomDialog
      title={<Trans>The board, read aloud</Trans>}
      onClose={onClose}
      actions={
        <>
          <button type="button" className="lr-choice" onClick={() => void copy()}>
            <Copy className="lr-icon" aria-hidden="true" />
            <Trans>Copy as text</Trans>
          </button>
          <button type="button" className="lr-choice" onClick={onClose}>
            <Trans>Close</Trans>
          </button>
          <p role="status">{said}</p>
        </>
      }
    >
      <p>{countWords(things)}</p>
      {things.all.map((thing) => (
        <p key={thing.id} className="bl-paragraph" dir="auto">
          {paragraph(thing, things)}
        </p>
      ))}
    </RoomDialog>
  );
}
