/** Where a person stands when the room is not open to them: one sentence on what happened, one on what is next. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

import type { Problem, Session } from "../../../contract/types";
import { useAccount } from "../../../lib/account";
import { Refused } from "../../../lib/api";
import { useProblem } from "../../../lib/problems";
import { useNextSession } from "../hooks/use-next-session";
import { slugOf } from "../engine/protocol";
import type { Phase } from "../engine/state";
import { DocumentsLink } from "../documents/documents-link";
import { recordingsQuery } from "../replay/queries";
import { NextSession } from "./next-session";
import { Porch } from "./porch";

interface Props {
  phase: Extract<Phase, "ended" | "removed" | "replaced" | "sent_out" | "turned_away" | "left" | "failed">;
  problem: Problem | null;
  session: Session | null;
  isStaff?: boolean;
  /** Whole minutes the person was there, when known. */
  minutes: number | null;
  onComeBack: () => void;
}

export function WayOut({ phase, problem, session, isStaff = false, minutes, onComeBack }: Props) {
  const words = useWords(phase, problem, session?.title ?? "");
  const heading = useRef<HTMLHeadingElement>(null);
  const isOut = phase === "ended" || phase === "left";
  // Guests read the transcript in the room alone.
  const isMember = useAccount((account) => !!account.me);
  const next = useNextSession(isOut ? session : null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <Porch phase={phase}>
      <main id="main" tabIndex={-1} className="lb-out lb-card">
        <HalfSun />
        <h1 ref={heading} tabIndex={-1}>
          {words.title}
        </h1>
        {phase === "ended" && minutes !== null && (
          <p>
            <Plural
              value={minutes}
              _0="You were there for less than a minute."
              one="You were there for # minute."
              other="You were there for # minutes."
            />
          </p>
        )}
        {words.next && <p>{words.next}</p>}
        {next && <NextSession next={next} />}
        <div className="lb-out-links">
          {words.comeBack && (
            // One way is the loudest: when the next session can be joined, that is it.
            <button
              type="button"
              className={next?.canJoin ? "lb-button" : "lb-button lb-primary"}
              onClick={onComeBack}
            >
              {words.comeBack}
            </button>
          )}
          {session && phase === "ended" && <WatchAgain sessionId={session.id} />}
          {isMember && session && phase === "ended" && (
            <DocumentsLink sessionId={session.id} className="lb-button" />
          )}
          {isMember && session && isOut && (
            <Link to="/sessions/$id/transcript" params={{ id: session.id }} className="lb-button">
              <Trans>Transcript</Trans>
            </Link>
          )}
          {isStaff && session && isOut && (
            <Link to="/manage/sessions/$id/attendance" params={{ id: session.id }} className="lb-button">
              <Trans>Who came</Trans>
            </Link>
          )}
          {problem?.status === 401 ? (
            <Link to="/sign-in" className="lb-button">
              <Trans>Sign in</Trans>
            </Link>
          ) : (
            <Link to="/" className="lb-button">
              {isStaff ? <Trans>Back to the overview</Trans> : <Trans>Back to my day</Trans>}
            </Link>
          )}
        </div>
      </main>
    </Porch>
  );
}

/** There from the moment in which its recording can be watched. */
function WatchAgain({ sessionId }: { sessionId: string }) {
  const recordings = useQuery(recordingsQuery(sessionId));
  if (!recordings.data?.recordings.some((one) => one.state === "ready" && one.ms > 0)) return null;
  return (
    <Link to="/sessions/$id/replay" params={{ id: sessionId }} className="lb-button">
      <Trans>Watch the recording</Trans>
    </Link>
  );
}

interface Words {
  title: string;
  next?: string;
  comeBack?: string;
}

function useWords(phase: Props["phase"], problem: Problem | null, session: string): Words {
  const { t } = useLingui();
  const sentence = useProblem();
  if (phase === "ended") return { title: t`The session has ended` };
  if (phase === "left") {
    return {
      title: t`You left ${session}`,
      next: t`Your minutes are kept. You can go back in while it runs.`,
      comeBack: t`Go back in`,
    };
  }
  if (phase === "replaced") {
    return {
      title: t`You are in the room on another page`,
      next: t`The room was opened in another window, and it goes on there.`,
      comeBack: t`Use this page instead`,
    };
  }
  if (phase === "removed") {
    return {
      title: t`You were taken out of ${session}`,
      next: t`You cannot come back to this session. If you think this was a mistake, talk to the person who leads it.`,
    };
  }
  if (phase === "sent_out") {
    return {
      title: t`You were sent out of ${session}`,
      next: t`You can come in again when you are ready.`,
      comeBack: t`Go back in`,
    };
  }
  if (phase === "turned_away") {
    return {
      title: t`You were not let in`,
      next: t`The hosts did not let you in now. You can ask again later.`,
      comeBack: t`Ask again`,
    };
  }
  // The server's own sentence says what is the matter; the title and the next step are ours.
  const slug = problem ? slugOf(problem) : "";
  const next = problem ? { next: sentence(new Refused(problem)) } : {};
  if (slug === "not-enrolled") return { title: t`You are not enrolled in this program`, ...next };
  if (slug === "room-full") return { title: t`The room is full`, ...next, comeBack: t`Try again` };
  return { title: t`You cannot go in right now`, ...next, comeBack: t`Try again` };
}

/** Half a sun on a horizon, as on every empty page. */
function HalfSun() {
  return (
    <svg className="lb-half-sun" viewBox="0 22 120 34" aria-hidden="true">
      <path d="M34 52a26 26 0 0 1 52 0z" fill="var(--sun)" />
      <path d="M6 52h108" stroke="var(--ink)" strokeWidth="4" strokeLinecap="round" />
    </svg>
  );
}
