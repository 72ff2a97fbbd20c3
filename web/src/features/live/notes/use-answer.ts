/** A short answer to what was pressed, gone after a while. */
import { useEffect, useState } from "react";

const SHOWN = 6_000;

export function useAnswer(): [string, (text: string) => void] {
  const [answer, say] = useState("");
  useEffect(() => {
    if (!answer) return;
    const timer = setTimeout(() => say(""), SHOWN);
    return () => clearTimeout(timer);
  }, [answer]);
  return [answer, say];
}
