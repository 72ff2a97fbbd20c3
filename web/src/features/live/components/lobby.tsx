/**
 * The device check: how others see you, whether we hear you, whether you hear us, and the one way in. Before the
 * start there is nothing to press; the page goes in by itself.
 */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Eye, Lock, Mic, MicOff, Video, VideoOff } from "lucide-react";
import { lazy, Suspense, useEffect, useMemo, useRef } from "react";
import { mayUse } from "../engine/rules";
import { sessionTime, useClockFormat, useServerNow } from "../hooks/use-clock";
import { useEngine, useRoom } from "../hooks/use-room";
import { CameraRow, MicrophoneRow, SpeakerRow } from "./device-rows";
import { Picture } from "./picture";
import { Porch } from "./porch";
import { ThriftChoice } from "./thrift";
import { HowYouComeIn, StraightIn, WayIn } from "./way-in";

/** It waits for an answer of the server in any case. */
const RecordingBeforeJoining = lazy(() =>
  import("./recording/before-joining").then((part) => ({ default: part.RecordingBeforeJoining })),
);

export interface LobbySession {
  /** Whose recordings one is asked about; null for guests, who are asked in the room. */
  id: string | null;
  title: string;
  startsAt: string;
  endsAt: string;
  lead: string | null;
  program: string | null;
  /** What those who plan it wrote of it; may be empty. */
  summary: string;
  /** What it will do; may be empty. */
  plan: { minute: number; title: string }[];
  /** People in the room now, when known. */
  inRoom: number | null;
  live: boolean;
}

interface Props {
  session: LobbySession;
  /** Given to staff only: starts the session for everyone. */
  goLive: (() => Promise<unknown>) | null;
}

export function Lobby({ session, goLive }: Props) {
  const { t } = useLingui();
  return (
    <Porch phase="lobby">
      <div className="lb-wrap">
        <main id="main" tabIndex={-1} className="lb-main" aria-label={t`Get ready`}>
          <section className="lb-look" aria-label={t`Your picture`}>
            <Preview />
            <div>
              <Switches />
              <Shut />
            </div>
            <p className="lb-small">
              <Trans>You can join without a camera or a microphone. Nobody will mind.</Trans>
            </p>
          </section>
          <section className="lb-card">
            <Heading session={session} />
            <div className="lb-rows">
              <CameraRow />
              <MicrophoneRow />
              <SpeakerRow />
            </div>
            <HowYouComeIn />
            <StraightIn />
            {session.id && (
              <Suspense>
                <RecordingBeforeJoining sessionId={session.id} />
              </Suspense>
            )}
            <div className="lb-way">
              <WayIn session={session} goLive={goLive} />
            </div>
          </section>
          <div className="lb-further">
            <ThriftChoice />
            <Plan session={session} />
          </div>
        </main>
      </div>
    </Porch>
  );
}

/** What is about to happen, and when. */
function Plan({ session }: { session: LobbySession }) {
  const format = useClockFormat();
  const [from, to] = [format(session.startsAt), format(session.endsAt)];
  return (
    <section className="lb-plan">
      <h2>
        <Trans>What we will do</Trans>
      </h2>
      <p>
        <strong>
          <Trans>
            {from} to {to}
          </Trans>
        </strong>
      </p>
      <p>{session.summary || (session.plan.length === 0 && session.title)}</p>
      {session.plan.length > 0 && <Steps session={session} />}
    </section>
  );
}

/** The steps with their times; the one that is on now says so. */
function Steps({ session }: { session: LobbySession }) {
  const format = useClockFormat();
  const now = useServerNow();
  const at = (minute: number) => Date.parse(session.startsAt) + minute * 60_000;
  const isOn = (place: number) => {
    const [step, next] = [session.plan[place], session.plan[place + 1]];
    return session.live && step && at(step.minute) <= now && (!next || now < at(next.minute));
  };
  return (
    <ol className="lb-steps">
      {session.plan.map(({ minute, title }, place) => {
        const time = format(new Date(at(minute)).toISOString());
        return (
          <li key={minute} aria-current={isOn(place) ? "step" : undefined}>
            <strong>{isOn(place) ? <Trans>{time}, now</Trans> : time}</strong>
            <span>{title}</span>
          </li>
        );
      })}
    </ol>
  );
}

function Preview() {
  const track = useRoom((state) => state.camera.track);
  const camera = useRoom((state) => state.camera);
  const stream = useMemo(() => (track ? new MediaStream([track]) : null), [track]);
  return (
    <figure className="lb-preview" data-camera={track !== null}>
      {stream ? (
        <>
          <Picture key={stream.id} stream={stream} seat="you" source="camera" mirrored />
          <figcaption className="lb-caption">
            <Eye className="lb-icon" aria-hidden="true" />
            <Trans>This is how others see you</Trans>
          </figcaption>
        </>
      ) : (
        <figcaption className="lb-no-picture">
          <VideoOff aria-hidden="true" />
          {camera.busy ? (
            <Trans>Opening the camera</Trans>
          ) : camera.on ? (
            <Trans>No picture. Others see your name.</Trans>
          ) : (
            <Trans>Your camera is off. Others see your name.</Trans>
          )}
        </figcaption>
      )}
    </figure>
  );
}

function Switches() {
  const engine = useEngine();
  const camera = useRoom((state) => state.camera.on);
  const microphone = useRoom((state) => state.microphone.on);
  return (
    <div className="lb-switches">
      <button type="button" className="lb-button" onClick={() => void engine.setCamera(!camera)}>
        {camera ? <Video className="lb-icon" /> : <VideoOff className="lb-icon" />}
        {camera ? <Trans>Stop video</Trans> : <Trans>Start video</Trans>}
      </button>
      <button type="button" className="lb-button" onClick={() => void engine.setMicrophone(!microphone)}>
        {microphone ? <Mic className="lb-icon" /> : <MicOff className="lb-icon" />}
        {microphone ? <Trans>Mute</Trans> : <Trans>Unmute</Trans>}
      </button>
    </div>
  );
}

/**
 * What the hosts keep shut, before it is a surprise inside. Known once a seat is taken, which is while one waits for the
 * start; who comes later hears it in the room.
 */
function Shut() {
  const microphone = useRoom((state) => !mayUse(state, "microphone"));
  const camera = useRoom((state) => !mayUse(state, "camera"));
  return (
    <div role="status" className="lb-shut">
      {microphone && (
        <p>
          <Lock className="lb-icon" aria-hidden="true" />
          <Trans>The hosts have switched microphones off for now. Raise your hand to speak.</Trans>
        </p>
      )}
      {camera && (
        <p>
          <Lock className="lb-icon" aria-hidden="true" />
          <Trans>The hosts have switched cameras off for now.</Trans>
        </p>
      )}
    </div>
  );
}

function Heading({ session }: { session: LobbySession }) {
  const format = useClockFormat();
  const heading = useRef<HTMLHeadingElement>(null);
  const now = useServerNow();
  const { minutesLeft } = sessionTime(session.startsAt, session.endsAt, now);
  const minutesUntil = Math.ceil((Date.parse(session.startsAt) - now) / 60_000);
  const { lead, inRoom, program } = session;
  const starts = format(session.startsAt);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <p className="lb-now">
        {session.live ? (
          <>
            <span className="lb-badge">
              <i aria-hidden="true" />
              <Trans>On now</Trans>
            </span>
            {minutesLeft > 0 && <Plural value={minutesLeft} one="# minute left" other="# minutes left" />}
          </>
        ) : minutesUntil > 0 ? (
          <Plural value={minutesUntil} one="Starts in # minute" other="Starts in # minutes" />
        ) : (
          <Trans>Should have started at {starts}</Trans>
        )}
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {session.title}
      </h1>
      <p className="lb-muted">
        {program && `${program}. `}
        {lead && <Trans>With {lead}.</Trans>}{" "}
        {inRoom !== null && session.live && (
          <Plural
            value={inRoom}
            _0="Nobody is in the room yet."
            one="# person is in the room."
            other="# people are in the room."
          />
        )}
      </p>
    </>
  );
}
