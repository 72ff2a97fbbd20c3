/** What came of a poll: one row for each answer, with number and percent in words; the bar says the same to the eye. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { Poll } from "../../engine/protocol";
import { useRoom } from "../../hooks/use-room";
import "./polls-results.css";

type Results = NonNullable<Poll["results"]>;

interface Props {
  poll: Poll;
  results: Results;
  host: boolean;
}

export function PollResults({ poll, results, host }: Props) {
  const nameOf = useNames();
  const rows = poll.kind === "rating" ? ["1", "2", "3", "4", "5"] : poll.options;
  const chose = (place: number) => {
    const choice = poll.kind === "rating" ? place + 1 : place;
    return results.people.filter(({ choices }) => choices.includes(choice)).map((one) => nameOf(one.user_id));
  };
  return (
    <figure className="lr-ask-results">
      <figcaption>
        <Plural value={poll.answered} _0="Nobody has answered yet" one="# answer" other="# answers" />
        {poll.kind === "rating" && poll.answered > 0 && <Average counts={results.counts} />}
      </figcaption>
      {poll.kind === "text" ? (
        <ul>
          {results.texts.map((said, place) => (
            <li key={place} className="lr-ask-said">
              <p>{said.text}</p>
              {said.user_id && <p className="lr-ask-meta">{nameOf(said.user_id)}</p>}
            </li>
          ))}
        </ul>
      ) : (
        <ul>
          {rows.map((word, place) => (
            <Row
              key={place}
              word={word}
              count={results.counts[place] ?? 0}
              of={poll.answered}
              names={host && !poll.anonymous ? chose(place) : []}
            />
          ))}
        </ul>
      )}
    </figure>
  );
}

function Row({ word, count, of, names }: { word: string; count: number; of: number; names: string[] }) {
  const { t } = useLingui();
  const percent = of > 0 ? Math.round((count / of) * 100) : 0;
  return (
    <li className="lr-ask-row">
      {/* One sentence to the ear; to the eye the word and its numbers stand apart. */}
      <span className="lr-sr">{t`${word}: ${count} of ${of}, ${percent} percent`}</span>
      <span className="lr-ask-row-word" aria-hidden="true">
        {word}
      </span>
      <span className="lr-ask-row-count" aria-hidden="true">
        <Trans>
          {count} of {of}, {percent} percent
        </Trans>
      </span>
      <span className="lr-ask-bar" style={{ "--share": `${percent}%` }} aria-hidden="true" />
      {names.length > 0 && <span className="lr-ask-meta">{names.join(", ")}</span>}
    </li>
  );
}

function Average({ counts }: { counts: number[] }) {
  const { i18n } = useLingui();
  const all = counts.reduce((sum, count) => sum + count, 0);
  const sum = counts.reduce((total, count, place) => total + count * (place + 1), 0);
  if (all === 0) return null;
  const average = i18n.number(sum / all, { maximumFractionDigits: 1 });
  return (
    <>
      {", "}
      <Trans>{average} of 5 on average</Trans>
    </>
  );
}

function useNames(): (userId: string) => string {
  const { t } = useLingui();
  const people = useRoom((state) => state.people);
  const names = useMemo(
    () => new Map(Object.values(people).map((person) => [person.user_id, person.name])),
    [people],
  );
  return (userId) => names.get(userId) ?? t`Somebody who has left`;
}
