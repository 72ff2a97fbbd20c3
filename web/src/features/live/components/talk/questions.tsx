/** The tab of questions to those who lead: asked by anybody, wanted by many, answered aloud or in writing. */
import { Trans, useLingui } from "@lingui/react/macro";
import { MessageCircleQuestionMark } from "lucide-react";
import { useMemo } from "react";
import type { Question } from "../../engine/protocol";
import { useRoom } from "../../hooks/use-room";
import type { RoomTab } from "../tabs";
import { QuestionAsk } from "./questions-ask";
import { QuestionCard } from "./questions-card";
import "./asking.css";

export function useQuestionsTab(): RoomTab {
  const { t } = useLingui();
  const open = useRoom((state) => state.talk.questions.filter((one) => !one.answered_at).length);
  return {
    id: "questions",
    label: t`Questions`,
    icon: <MessageCircleQuestionMark />,
    ...(open > 0 && { count: open }),
    control: { rank: 11 },
    Panel: QuestionsPanel,
  };
}

function QuestionsPanel() {
  const questions = useRoom((state) => state.talk.questions);
  const sorted = useMemo(() => inOrder(questions), [questions]);
  return (
    <div className="lr-panel-scroll lr-ask">
      <QuestionAsk />
      {sorted.length === 0 ? (
        <p className="lr-ask-quiet">
          <Trans>No questions yet. Everyone sees what is asked here, and the hosts answer.</Trans>
        </p>
      ) : (
        <ul className="lr-ask-list">
          {sorted.map((question) => (
            <li key={question.id}>
              <QuestionCard question={question} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Open ones first, then what most want to know, then what was asked first. */
export function inOrder(questions: Question[]): Question[] {
  const done = (one: Question) => Number(one.answered_at !== null);
  return [...questions].sort(
    (a, b) => done(a) - done(b) || b.votes - a.votes || Date.parse(a.asked_at) - Date.parse(b.asked_at),
  );
}
