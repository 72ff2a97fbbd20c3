/** The way in from the device check: what happens on the way, and the one button; before the start, what is waited for. */
import { Trans } from "@lingui/react/macro";
import { LogIn } from "lucide-react";
import { useState } from "react";
import { keep, useDevice } from "../device";
import { mayUse } from "../engine/rules";
import { useClockFormat, useServerNow } from "../hooks/use-clock";
import { useEngine, useRoom } from "../hooks/use-room";
import type { LobbySession } from "./lobby";

interface Props {
  session: LobbySession;
  /** Given to staff only: starts the session for everyone. */
  goLive: (() => Promise<unknown>) | null;
}

export function WayIn({ session, goLive }: Props) {
  const format = useClockFormat();
  const engine = useEngine();
  const waiting = useRoom((state) => state.you !== null && state.session?.state === "scheduled");
  const late = useServerNow() >= Date.parse(session.startsAt);
  const starts = format(session.startsAt);
  const { lead } = session;
  if (!waiting && session.live) {
    return (
      <button type="button" className="lb-button lb-primary" onClick={() => void engine.enter()}>
        <LogIn className="lb-icon lb-mirror" />
        <Trans>Join now</Trans>
      </button>
    );
  }
  return (
    <>
      <p className="lb-wait" role="status">
        {late && lead ? (
          <Trans>Waiting for {lead} to start. You will go in by yourself when it begins.</Trans>
        ) : late ? (
          <Trans>It has not started yet. You will go in by yourself when it begins.</Trans>
        ) : (
          <Trans>Starts at {starts}. You will go in by yourself when it begins.</Trans>
        )}
      </p>
      {goLive && <GoLive goLive={goLive} />}
    </>
  );
}

function GoLive({ goLive }: { goLive: () => Promise<unknown> }) {
  const [step, setStep] = useState<"ready" | "starting" | "failed">("ready");
  const press = () => {
    if (step === "starting") return;
    setStep("starting");
    // Once it is live the server lets everybody in, this page included.
    goLive().catch(() => setStep("failed"));
  };
  return (
    <>
      <button type="button" className="lb-button lb-go" aria-busy={step === "starting"} onClick={press}>
        {step === "starting" ? <Trans>Going live</Trans> : <Trans>Go live</Trans>}
      </button>
      <p className="lb-small">
        <Trans>Everyone who waits comes in at once.</Trans>
      </p>
      {step === "failed" && (
        <p role="alert" className="lb-wait">
          <Trans>The session could not be started. Nothing has changed. Try again.</Trans>
        </p>
      )}
    </>
  );
}

/** The choices so far, as what the others will notice of them. */
export function HowYouComeIn() {
  const seen = useRoom(
    (state) => state.camera.on && state.camera.problem === null && mayUse(state, "camera"),
  );
  const heard = useRoom(
    (state) => state.microphone.on && state.microphone.problem === null && mayUse(state, "microphone"),
  );
  return (
    <p className="lb-small lb-how">
      {seen && heard ? (
        <Trans>The others will see and hear you.</Trans>
      ) : heard ? (
        <Trans>The others will hear you, and see your name.</Trans>
      ) : seen ? (
        <Trans>The others will see you. You are muted.</Trans>
      ) : (
        <Trans>You will watch and listen. The others see your name.</Trans>
      )}
    </p>
  );
}

/** Skipping the check is the person's own choice, for this device. */
export function StraightIn() {
  const on = useDevice((device) => device.straightIn);
  return (
    <label className="lb-tick">
      <input type="checkbox" checked={on} onChange={(event) => keep({ straightIn: event.target.checked })} />
      <Trans>Next time, go straight in on this device</Trans>
    </label>
  );
}
