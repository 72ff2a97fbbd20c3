/** What hosts said to everybody stays until it was closed; one after the other, the oldest first. */
import { useEffect, useState } from "react";
import type { Note } from "../../engine/state";
import { useEngine } from "../../hooks/use-room";

type WordNote = Extract<Note, { kind: "word" }>;

export function useWords(): { word: WordNote | null; close: () => void } {
  const engine = useEngine();
  const [words, setWords] = useState<WordNote[]>(() => added([], engine.store.getState().note));
  useEffect(() => engine.store.subscribe(({ note }) => setWords((before) => added(before, note))), [engine]);
  // The highest one that was closed; they are closed in the order in which they came.
  const [closed, setClosed] = useState(0);
  const word = words.find((one) => one.count > closed) ?? null;
  return { word, close: () => setClosed(word?.count ?? closed) };
}

function added(words: WordNote[], note: Note | null): WordNote[] {
  if (note?.kind !== "word" || words.some((one) => one.count >= note.count)) return words;
  return [...words, note];
}
