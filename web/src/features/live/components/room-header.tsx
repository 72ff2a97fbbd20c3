/** What this is, how much of it is left, and how it is looked at. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { LayoutGrid, LogOut, Monitor, User } from "lucide-react";
import { type RefObject } from "react";
import { sessionTime, useClockFormat, useServerNow } from "../hooks/use-clock";
import { useRoom } from "../hooks/use-room";
import { Mark } from "../../../components/brand";
import type { Shape } from "../hooks/use-size";
import type { View } from "../layout/cast";

interface Props {
  title: RefObject<HTMLHeadingElement | null>;
  lead: string | null;
  shape: Shape;
  view: View;
  sharing: boolean;
  onView: (view: View) => void;
  onLeave: () => void;
}

export function RoomHeader({ title, lead, shape, view, sharing, onView, onLeave }: Props) {
  const session = useRoom((state) => state.session);
  const small = shape === "phone" || shape === "landscape";
  const program = session?.program.title ?? "";
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
        {small && <TimeLeft />}
      </div>
      <span className="lr-grow" />
      {!small && session && <SessionLine startsAt={session.starts_at} endsAt={session.ends_at} />}
      {shape !== "phone" && <ViewSwitch view={view} sharing={sharing} onView={onView} small={small} />}
      {small && (
        <button type="button" className="lr-leave" onClick={onLeave}>
          <LogOut className="lr-icon lr-mirror" aria-hidden="true" />
          <Trans>Leave</Trans>
        </button>
      )}
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

interface SwitchProps extends Pick<Props, "view" | "sharing" | "onView"> {
  small: boolean;
}

function ViewSwitch({ view, sharing, onView, small }: SwitchProps) {
  const { t } = useLingui();
  const Large = sharing ? Monitor : User;
  return (
    <div className="lr-views" role="group" aria-label={t`View`}>
      <button type="button" aria-pressed={view === "everyone"} onClick={() => onView("everyone")}>
        {!small && <LayoutGrid className="lr-icon" aria-hidden="true" />}
        <Trans>Everyone</Trans>
      </button>
      <button type="button" aria-pressed={view === "speaker"} onClick={() => onView("speaker")}>
        {!small && <Large className="lr-icon" aria-hidden="true" />}
        {sharing ? <Trans>Screen</Trans> : <Trans>Speaker</Trans>}
      </button>
    </div>
  );
}
