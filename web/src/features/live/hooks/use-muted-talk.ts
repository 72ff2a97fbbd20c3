/**
 * Notices that somebody talks while muted. The muted track is silent also for us, so a copy of it is listened to, which is
 * sent to nobody and goes away with the mute.
 */
import { useEffect, useState } from "react";

import { loudest } from "../engine/level";
import { TalkTest } from "../engine/talk-test";
import { useRoom } from "./use-room";

/** Four looks a second find a voice and cost next to nothing; each hears all that was said since the one before. */
const EVERY = 250;
const SAMPLES = 16_384;

export function useMutedTalk(onTalk: () => void): void {
  const track = useRoom((state) => (state.microphone.on ? null : state.microphone.track));
  // Kept over a short unmuting, so that it is said once a minute at most.
  const [talk] = useState(() => new TalkTest());
  useEffect(() => {
    if (!track || track.readyState !== "live" || typeof AudioContext === "undefined") return;
    const copy = track.clone();
    copy.enabled = true;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = SAMPLES;
    context.createMediaStreamSource(new MediaStream([copy])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      if (context.state === "suspended") return void context.resume().catch(() => undefined);
      analyser.getFloatTimeDomainData(samples);
      if (talk.hear(loudest(samples), EVERY, performance.now())) onTalk();
    }, EVERY);
    return () => {
      clearInterval(timer);
      copy.stop();
      void context.close();
    };
  }, [track, talk, onTalk]);
}
