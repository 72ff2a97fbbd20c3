// The dialog of "Text and colours", fetched when first opened.
import { Trans } from "@lingui/react/macro";

import { LookControls } from "./look-controls";
import { Dialog } from "./ui/dialog";

export default function LookDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={<Trans>Text and colours</Trans>} onClose={onClose}>
      <LookControls />
    </Dialog>
  );
}
