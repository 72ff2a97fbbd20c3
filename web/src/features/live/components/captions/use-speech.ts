/** While it is wanted and one is unmuted, one's own speech goes out as captions. */
import { useEffect } from "react";
import { CaptionWriter } from "../../engine/caption-writer";
import { Speech, speechRecognition } from "../../engine/speech";
import { useEngine, useRoom } from "../../hooks/use-room";

export function useSpeech(): void {
  const engine = useEngine();
  const wanted = useRoom((state) => state.speech.on);
  const unmuted = useRoom((state) => state.microphone.on && state.microphone.problem === null);
  const track = useRoom((state) => state.microphone.track);
  const inside = useRoom((state) => state.phase === "live");
  const listens = wanted && unmuted && inside;
  useEffect(() => {
    const make = speechRecognition();
    if (!listens || !make) return;
    const language = document.documentElement.lang || "en";
    const writer = new CaptionWriter(
      (event, said) => engine.ask(event, said),
      () => ({ speaker: null, language }),
    );
    const speech = new Speech(make, language, track, {
      words: (text) => writer.draft(text),
      // A line that is not taken (one was muted meanwhile, the connection dropped) is not worth a word: it was heard.
      line: (text) => void writer.finish(text).catch(() => undefined),
      problem: (problem) => engine.setSpeech(false, problem),
    });
    return () => {
      speech.stop();
      writer.forget();
    };
  }, [engine, listens, track]);
}
