/** The line below the notes: what is not saved, why something was not taken, and who else writes. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { type ReactNode, useEffect, useState } from "react";
import { useStore } from "zustand";

import { Refused } from "../../../lib/api";
import { formatLocale } from "../../../lib/i18n";
import { useProblem } from "../../../lib/problems";
import type { SharedDocument } from "../engine/shared-document";
import "../problems";
import { WritingNews } from "./writing";

/** What the editor itself did not take. */
export type Trouble = "too-much" | null;

interface Props {
  shared: SharedDocument;
  mayWrite: boolean;
  trouble: Trouble;
  writing: string[];
  children?: ReactNode;
}

export function Status({ shared, mayWrite, trouble, writing, children }: Props) {
  const problem = useStore(shared.store, (state) => state.problem);
  const phase = useStore(shared.store, (state) => state.phase);
  const sentence = useProblem();
  return (
    <div className="nt-foot">
      {/* Always there, to be listened to. */}
      <div className="nt-status" role="status">
        {problem && <p className="nt-wrong">{sentence(new Refused(problem))}</p>}
        {problem && phase !== "gone" && <Lost shared={shared} />}
        {trouble === "too-much" && (
          <p className="nt-wrong">
            <Trans>That is too much at once. Paste it in parts.</Trans>
          </p>
        )}
        <Unsaved shared={shared} />
        {!mayWrite && phase !== "gone" && (
          <p>
            <Trans>Only the hosts can write now.</Trans>
          </p>
        )}
      </div>
      {writing.length > 0 && <Writing names={writing} />}
      <News writing={writing} />
      {children}
    </div>
  );
}

function Lost({ shared }: { shared: SharedDocument }) {
  return (
    <p>
      <Trans>What you wrote last is not in the notes.</Trans>{" "}
      <button type="button" className="nt-button" onClick={() => shared.forgetProblem()}>
        <Trans>Close</Trans>
      </button>
    </p>
  );
}

/** What takes longer than usual, so that the line does not flicker with each letter. */
const LATE = 3_000;

function Unsaved({ shared }: { shared: SharedDocument }) {
  const isAway = useStore(shared.store, (state) => state.phase === "away");
  const unsaved = useStore(shared.store, (state) => state.unsaved);
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!unsaved) return;
    const timer = setTimeout(() => setLate(true), LATE);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [unsaved]);
  if (isAway && unsaved)
    return (
      <p className="nt-wrong">
        <Trans>Not saved yet. It will be, as soon as you are connected again.</Trans>
      </p>
    );
  if (isAway)
    return (
      <p>
        <Trans>You are not connected. What the others write comes when you are connected again.</Trans>
      </p>
    );
  return isLate ? (
    <p>
      <Trans>Not saved yet.</Trans>
    </p>
  ) : null;
}

const joined = (names: string[]) =>
  new Intl.ListFormat(formatLocale(), { type: "conjunction" }).format(names);
/** More than these are a number. */
const NAMED = 3;

function Writing({ names }: { names: string[] }) {
  const who = joined(names);
  return (
    <p className="nt-writing">
      {names.length > NAMED ? (
        <Trans>{names.length} people are writing</Trans>
      ) : (
        <Plural value={names.length} one={`${who} is writing`} other={`${who} are writing`} />
      )}
    </p>
  );
}

/** For who does not see it: somebody begins to write. */
function News({ writing }: { writing: string[] }) {
  const { t } = useLingui();
  const [news] = useState(() => new WritingNews());
  const [said, say] = useState("");
  useEffect(() => {
    const fresh = news.next(writing);
    if (fresh.length === 0) return;
    const who = joined(fresh);
    const timer = setTimeout(() => say(t`${who} writes in the notes.`));
    return () => clearTimeout(timer);
    // Said for who writes, not for another language.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [writing, news]);
  return (
    <div className="lr-sr" aria-live="polite">
      {said}
    </div>
  );
}
