/** When the drawing program cannot show what stands in the document, the rest of the room goes on. */
import { Trans } from "@lingui/react/macro";
import { Component, type ReactNode } from "react";

export class Refuge extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="bd-failed" role="alert">
        <p>
          <Trans>
            The board cannot be shown on this device. What is on it is safe, and is in “Board as a list”.
          </Trans>
        </p>
        <button type="button" className="lr-choice" onClick={() => this.setState({ failed: false })}>
          <Trans>Try again</Trans>
        </button>
      </div>
    );
  }
}
