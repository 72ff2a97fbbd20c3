/** The whole board as a text, to be read in one go or taken along. */
import { plural, t as now } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Copy } from "lucide-react";
import { useState } from "react";
import { RoomDialog } from "../../components/room-dialog";
import { byline, headline, placeWords, pointsAt } from "./describe";
import type { Thing } from "./things";
import type { Things } from "./use-things";

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

function countWords({ all }: Things): string {
  return all.length === 0
    ? now`Nothing is on the board yet.`
    : plural(all.length, { one: "# thing is on the board.", other: "# things are on the board." });
}

/** "Yellow note, by Tom: Blue paper for the sea. Upper right." */
export function paragraph(thing: Thing, things: Things): string {
  const who = byline(thing, things.nameOf);
  const words = thing.text || headline(thing, things.find);
  const place = placeWords(things.placeOf(thing.id), things.find);
  const points = pointsAt(thing, things.all, things.find);
  const link = thing.link ?? "";
  return [now`${who}: ${words}`, place && now`${place}.`, points, link && now`Link: ${link}`]
    .filter(Boolean)
    .join("\n");
}
