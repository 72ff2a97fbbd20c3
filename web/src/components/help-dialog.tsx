// What to do when something does not work, fetched when first opened.
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { Dialog } from "./ui/dialog";

export default function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={<Trans>Help</Trans>} onClose={onClose}>
      <div className="grid gap-5">
        <Part title={<Trans>Going into a session</Trans>}>
          <Trans>
            Open My day and press Join now. First you see your own picture, and nobody else sees it. You go in
            when you are ready.
          </Trans>
        </Part>
        <Part title={<Trans>Nobody sees or hears you</Trans>}>
          <Trans>
            Look at the controls below the picture. When one says Unmute or Start video, press it. When your
            browser asks for the camera or the microphone, allow it.
          </Trans>
        </Part>
        <Part title={<Trans>The picture stands still, or the sound is gone</Trans>}>
          <Trans>Load the page again. You come back to your place, and nothing is lost.</Trans>
        </Part>
        <Part title={<Trans>Something else</Trans>}>
          <Trans>Ask the person who runs your program. They can also give you a new personal link.</Trans>
        </Part>
      </div>
    </Dialog>
  );
}

function Part({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h3 className="text-md font-semibold">{title}</h3>
      <p className="max-w-prose">{children}</p>
    </section>
  );
}
