/** What this is, how much of it is left, and how it is looked at. */
import { Plural, Trans } from "@lingui/react/macro";
import { LayoutGrid, LogOut } from "lucide-react";
import { type RefObject } from "react";
import { sessionTime, useClockFormat, useServerNow } from "../hooks/use-clock";
import { useRoom } from "../hooks/use-room";
import { Mark } from "../../../components/brand";
import type { Shape } from "../hooks/use-size";
import { BreakoutName } from "./leading/breakout-strip";
import { TimerClock } from "./leading/timer";
import { RecordingMark } from "./recording/mark";
import { type ViewProps, ViewSwitch } from "./views";

interface Props extends ViewProps {
  title: RefObject<HTMLHeadingElement | null>;
  lead: string | null;
  shape: Shape;
  withViews: boolean;
  onLeave: () => void;
}

export function RoomHeader(props: Props) {
  const { title, lead, shape, withViews, view, sharing, onView, onLeave } = props;
  const session = useRoom((state) => state.session);
  const small = shape === "phone" || shape === "landscape";
  const program = session?.program.title ?? "";
  if (view === "calm") return <CalmHeader {...props} />;
  return (
    <header className="lr-head" data-region tabIndex={-1}>
      {!small && <Mark size={36} />}
      <div className="lr-head-title">
        <h1 ref={title} tabIndex={-1}>
          {session?.title}
        </h1>
        {!small && (
          <p>
            {lead ? (
              <Trans>
                {program} with {lead}
              </Trans>
            ) : (
              program
            )}
          </p>
        )}
        {small && (
          <div className="rc-line">
            <RecordingMark />
            <TimeLeft />
          </div>
        )}
      </div>
      {!small && <RecordingMark />}
      <BreakoutName />
      <span className="lr-grow" />
      <TimerClock />
      {!small && session && <SessionLine startsAt={session.starts_at} endsAt={session.ends_at} />}
      {withViews && <ViewSwitch view={view} sharing={sharing} onView={onView} icons={!small} />}
      {small && (
        <button type="button" className="lr-leave" onClick={onLeave}>
          <LogOut className="lr-icon lr-mirror" aria-hidden="true" />
          <Trans>Leave</Trans>
        </button>
      )}
    </header>
  );
}

/** Of all that only the name, the time that is left, and the way back. */
function CalmHeader({ title, sharing, shape, onView }: Props) {
  const session = useRoom((state) => state.session);
  return (
    <header className="lr-head" data-region tabIndex={-1}>
      <div className="lr-head-title">
        <h1 ref={title} tabIndex={-1}>
          {session?.title}
        </h1>
        <div className="rc-line">
          <RecordingMark />
          <TimeLeft />
        </div>
      </div>
      <BreakoutName />
      <span className="lr-grow" />
      <TimerClock />
      <button
        type="button"
        className="lr-way-back"
        data-way-back
        onClick={() => onView(sharing || shape === "phone" ? "speaker" : "everyone")}
      >
        <LayoutGrid className="lr-icon" aria-hidden="true" />
        <Trans>Leave calm view</Trans>
      </button>
    </header>
  );
}

function SessionLine({ startsAt, endsAt }: { startsAt: string; endsAt: string }) {
  const format = useClockFormat();
  const { share } = sessionTime(startsAt, endsAt, useServerNow());
  return (
    <div className="lr-time">
      <span>{format(startsAt)}</span>
      {/* The same in words stands beside it. */}
      <span className="lr-line" aria-hidden="true" style={{ "--share": `${share * 100}%` }}>
        <i />
      </span>
      <span>{format(endsAt)}</span>
      <TimeLeft />
    </div>
  );
}

function TimeLeft() {
  const ends = useRoom((state) => state.session?.ends_at);
  const now = useServerNow();
  if (!ends) return null;
  const { minutesLeft } = sessionTime(ends, ends, now);
  return (
    <span className="lr-left">
      {minutesLeft > 0 ? (
        <Plural value={minutesLeft} one="# min left" other="# min left" />
      ) : (
        <Trans>Past the planned end</Trans>
      )}
    </span>
  );
}
