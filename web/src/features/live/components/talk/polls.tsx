/** The tab of polls: hosts make and lead them, everybody answers and sees what is shown. */
import { Trans, useLingui } from "@lingui/react/macro";
import { ChartBar, Plus } from "lucide-react";
import { useRef, useState } from "react";
import type { Poll } from "../../engine/protocol";
import { useRoom } from "../../hooks/use-room";
import type { RoomTab } from "../tabs";
import { PollAnswer } from "./polls-answer";
import { usePollDraft } from "./polls-draft";
import { PollLead } from "./polls-lead";
import { PollMake } from "./polls-make";
import { PollResults } from "./polls-results";
import { useLookingAtPolls, useUnseenPolls } from "./polls-seen";
import "./asking.css";

/** Null while there is nothing to see: for participants until the first poll. Once there it stays. */
export function usePollsTab(): RoomTab | null {
  const { t } = useLingui();
  const host = useRoom((state) => state.you?.host ?? false);
  const some = useRoom((state) => state.talk.polls.length > 0);
  const unread = useUnseenPolls();
  const [was, setWas] = useState(false);
  const needed = host || some;
  if (needed && !was) setWas(true);
  if (!needed && !was) return null;
  return {
    id: "polls",
    label: t`Polls`,
    icon: <ChartBar />,
    unread,
    control: { rank: 10 },
    Panel: PollsPanel,
  };
}

function PollsPanel() {
  useLookingAtPolls();
  const host = useRoom((state) => state.you?.host ?? false);
  const polls = useRoom((state) => state.talk.polls);
  const newestFirst = [...polls].reverse();
  return (
    <div className="lr-panel-scroll lr-ask">
      {host && <MakePlace />}
      {polls.length === 0 && (
        <p className="lr-ask-quiet">
          {host ? (
            <Trans>No polls yet. Save some for later, or ask one now.</Trans>
          ) : (
            <Trans>There are no polls now.</Trans>
          )}
        </p>
      )}
      {newestFirst.length > 0 && (
        <ul className="lr-ask-list">
          {newestFirst.map((poll) => (
            <li key={poll.id}>
              <PollCard poll={poll} host={host} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function MakePlace() {
  const { draft, begin, write, drop } = usePollDraft();
  const [pressed, setPressed] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  if (draft) {
    const close = () => {
      drop(draft.id);
      requestAnimationFrame(() => opener.current?.focus());
    };
    return <PollMake key={draft.id} draft={draft} takeFocus={pressed} onChange={write} onDone={close} />;
  }
  const open = () => {
    setPressed(true);
    begin();
  };
  return (
    <button ref={opener} type="button" className="lr-choice" onClick={open}>
      <Plus className="lr-icon" aria-hidden="true" />
      <Trans>Make a poll</Trans>
    </button>
  );
}

function PollCard({ poll, host }: { poll: Poll; host: boolean }) {
  return (
    <article className="lr-ask-card" aria-label={poll.question}>
      <h3>{poll.question}</h3>
      <p className="lr-ask-meta">
        <PollState poll={poll} host={host} />
      </p>
      {poll.state === "draft" ? <DraftOptions poll={poll} /> : !host && <PollAnswer poll={poll} />}
      {poll.results && <PollResults poll={poll} results={poll.results} host={host} />}
      {host && <PollLead poll={poll} />}
      {host && <OwnAnswer key={poll.state} poll={poll} />}
    </article>
  );
}

/** A host may answer too; it stands below what hosts do with the poll, and asks for nothing. */
function OwnAnswer({ poll }: { poll: Poll }) {
  const answered = useRoom((state) => poll.id in state.talk.answers);
  const [answering, setAnswering] = useState(false);
  const open = poll.state === "open";
  if (poll.state !== "draft" && (answered || (open && answering)))
    return <PollAnswer poll={poll} takeFocus={answering} />;
  if (!open) return null;
  return (
    <button type="button" className="lr-link lr-ask-own" onClick={() => setAnswering(true)}>
      <Trans>Answer it yourself</Trans>
    </button>
  );
}

function PollState({ poll, host }: { poll: Poll; host: boolean }) {
  return (
    <>
      <b>
        {poll.state === "draft" && <Trans>Saved for later</Trans>}
        {poll.state === "open" && <Trans>Open</Trans>}
        {poll.state === "closed" && <Trans>Closed</Trans>}
      </b>{" "}
      {poll.anonymous ? (
        <Trans>Nobody sees who answered what.</Trans>
      ) : (
        <Trans>The hosts see who answered what.</Trans>
      )}{" "}
      {host && poll.state !== "draft" && (
        <>
          {poll.shown ? (
            <Trans>Everyone sees the results.</Trans>
          ) : (
            <Trans>Only hosts see the results.</Trans>
          )}
        </>
      )}
    </>
  );
}

function DraftOptions({ poll }: { poll: Poll }) {
  if (poll.kind === "rating") return <Trans>Answered with a number from 1 to 5</Trans>;
  if (poll.kind === "text") return <Trans>Answered in their own words</Trans>;
  return (
    <ul className="lr-ask-plain">
      {poll.options.map((option) => (
        <li key={option}>{option}</li>
      ))}
    </ul>
  );
}
