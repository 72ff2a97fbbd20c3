/** Another colour, by its name. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Check } from "lucide-react";
import { RoomDialog } from "../../components/room-dialog";
import type { ThingDialogProps } from "./board-dialogs";
import { chosenColour, coloured, hasGround } from "./change";
import { GROUNDS, INKS } from "./colours";
import { mention } from "./describe";
import { useColourChoices } from "./dialog-parts";

export function ColourDialog({ thing, acts, onClose }: ThingDialogProps) {
  const { t } = useLingui();
  const colours = hasGround(thing) ? GROUNDS : INKS;
  const choices = useColourChoices(colours);
  const now = chosenColour(thing, colours);
  const what = mention(thing);
  const choose = (hex: string, colour: string) => {
    acts.write(coloured(thing, hex), t`New colour of ${what}: ${colour}.`);
    onClose();
  };
  return (
    <RoomDialog
      title={<Trans>Colour of {what}</Trans>}
      onClose={onClose}
      actions={
        <button type="button" className="lr-choice" onClick={onClose}>
          <Trans>Cancel</Trans>
        </button>
      }
    >
      <div className="bl-colours">
        {choices.map(([hex, word]) => (
          <button
            key={hex}
            type="button"
            className="bl-action"
            aria-pressed={hex === now}
            onClick={() => choose(hex, word)}
          >
            <span className="bl-swatch" style={{ backgroundColor: hex }} aria-hidden="true" />
            <span>{word}</span>
            {hex === now && <Check className="lr-icon" aria-hidden="true" />}
          </button>
        ))}
      </div>
    </RoomDialog>
  );
}
