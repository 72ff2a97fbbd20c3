/** How loud one's own microphone is, ten times a second, and whether it was heard at all. */
import { useEffect, useState } from "react";
import { decibels, type Hearing, HearingTest, litBars, smoothed } from "../engine/level";

const EVERY = 100;

export interface Heard {
  bars: number;
  hearing: Hearing;
}

const NOTHING: Heard = { bars: 0, hearing: "listening" };

export function useLevel(track: MediaStreamTrack | null): Heard {
  const [heard, setHeard] = useState(NOTHING);
  useEffect(() => {
    if (!track || typeof AudioContext === "undefined") return;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 2048;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const test = new HearingTest();
    let bars = 0;
    const timer = setInterval(() => {
      // Browsers hold a context back until the person has pressed something; silence then says nothing.
      if (context.state === "suspended") return void context.resume().catch(() => undefined);
      analyser.getFloatTimeDomainData(samples);
      const level = decibels(samples);
      bars = smoothed(bars, litBars(level));
      const now = { bars: Math.round(bars), hearing: test.hear(level, EVERY) };
      setHeard((old) => (old.bars === now.bars && old.hearing === now.hearing ? old : now));
    }, EVERY);
    return () => {
      clearInterval(timer);
      setHeard(NOTHING);
      void context.close();
    };
  }, [track]);
  return heard;
}
