/** What hosts do with a poll: ask it, end it, show what came of it, remove it. */
import { Plural, Trans } from "@lingui/react/macro";
import { useState } from "react";
import type { ClientEvents, Poll } from "../../engine/protocol";
import { useEngine } from "../../hooks/use-room";
import { focusPanel, RemoveDialog, Trouble } from "./asking-parts";
import { useTry } from "./use-try";

export function PollLead({ poll }: { poll: Poll }) {
  const engine = useEngine();
  const attempt = useTry();
  const [removing, setRemoving] = useState(false);
  const change = (what: Omit<ClientEvents["change_poll"]["ask"], "poll_id">) => () =>
    void attempt.run(() => engine.ask("change_poll", { poll_id: poll.id, ...what }));
  return (
    <>
      <Trouble text={attempt.problem} />
      <div className="lr-ask-actions" aria-busy={attempt.busy}>
        {poll.state === "draft" && (
          <button
            type="button"
            className="lr-ask-button"
            data-look="main"
            onClick={change({ state: "open" })}
          >
            <Trans>Ask now</Trans>
          </button>
        )}
        {poll.state === "open" && (
          <button type="button" className="lr-ask-button" onClick={change({ state: "closed" })}>
            <Trans>Close the poll</Trans>
          </button>
        )}
        {poll.state !== "draft" && (
          <button type="button" className="lr-ask-button" onClick={change({ shown: !poll.shown })}>
            {poll.shown ? <Trans>Hide the results</Trans> : <Trans>Show the results to everyone</Trans>}
          </button>
        )}
        <button
          type="button"
          className="lr-ask-button"
          data-look="danger"
          aria-haspopup="dialog"
          onClick={() => setRemoving(true)}
        >
          <Trans>Remove</Trans>
        </button>
      </div>
      {removing && <PollRemove poll={poll} onClose={() => setRemoving(false)} />}
    </>
  );
}

function PollRemove({ poll, onClose }: { poll: Poll; onClose: () => void }) {
  const engine = useEngine();
  const attempt = useTry();
  const remove = async () => {
    if (!(await attempt.run(() => engine.ask("remove_poll", { poll_id: poll.id })))) return;
    onClose();
    requestAnimationFrame(focusPanel);
  };
  return (
    <RemoveDialog
      title={<Trans>Remove this poll?</Trans>}
      keep={<Trans>Keep it</Trans>}
      remove={<Trans>Remove the poll</Trans>}
      attempt={attempt}
      onRemove={() => void remove()}
      onClose={onClose}
    >
      <Plural
        value={poll.answered}
        _0="It goes for everyone. Nobody has answered it."
        one="It goes for everyone, with # answer."
        other="It goes for everyone, with # answers."
      />
    </RemoveDialog>
  );
}
