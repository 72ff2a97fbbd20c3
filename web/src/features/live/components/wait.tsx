// A moment on the way into the room: said in words, without a spinner.
import { Trans } from "@lingui/react/macro";

import "./lobby.css";

export function Wait() {
  return (
    <div className="lb-lobby" data-phase="connecting" data-shell="participant">
      <main id="main" tabIndex={-1} className="lb-out">
        <p role="status" className="lb-wait">
          <Trans>Opening the room</Trans>
        </p>
      </main>
    </div>
  );
}
