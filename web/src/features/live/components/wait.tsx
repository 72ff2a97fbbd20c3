// A moment on the way into the room: said in words, without a spinner.
import { Trans } from "@lingui/react/macro";

import { Porch } from "./porch";

export function Wait() {
  return (
    <Porch phase="connecting">
      <main id="main" tabIndex={-1} className="lb-out">
        <p role="status" className="lb-wait">
          <Trans>Opening the room</Trans>
        </p>
      </main>
    </Porch>
  );
}
