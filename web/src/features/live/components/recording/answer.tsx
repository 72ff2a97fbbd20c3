/** The question of a recording: two equal answers, and why nothing came of a press. */
import { Plural, Trans } from "@lingui/react/macro";
import { useTry } from "../talk/use-try";

/** Of the buttons, as they look around here: in the room, in the lobby, on other pages. */
export type AnswerLook = "lr-choice" | "lb-button" | "btn btn-secondary";

interface Props {
  look: AnswerLook;
  /** Rejects when the answer did not arrive. */
  answer: (yes: boolean) => Promise<unknown>;
  onDone?: () => void;
}

export function AnswerButtons({ look, answer, onDone }: Props) {
  const { busy, problem, run } = useTry();
  const press = (yes: boolean) => async () => {
    if (await run(() => answer(yes))) onDone?.();
  };
  return (
    <>
      <div className="rc-answers" aria-busy={busy}>
        <button type="button" className={look} onClick={() => void press(true)()}>
          <Trans>Yes, record me</Trans>
        </button>
        <button type="button" className={look} onClick={() => void press(false)()}>
          <Trans>No, leave me out</Trans>
        </button>
      </div>
      {/* Always there, to be listened to; empty it takes no place. */}
      <p className="rc-problem" aria-live="polite">
        {problem}
      </p>
    </>
  );
}

/** How long recordings stay; nothing where that is not known. */
export function KeptDays({ days }: { days: number | null }) {
  if (!days) return null;
  return (
    <Plural
      value={days}
      one="It is kept for # day, then deleted."
      other="It is kept for # days, then deleted."
    />
  );
}
