/** A list that follows its end for who is there, and keeps its place for who reads further up. */
import { useCallback, useLayoutEffect, useRef, useState } from "react";

/** So near the end counts as there, in pixels. */
const NEAR = 48;

export function useStickyEnd(firstSeq: number, lastSeq: number, isMine: boolean) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const before = useRef({ first: firstSeq, last: lastSeq, height: 0 });
  const [hasNews, setNews] = useState(false);
  const stick = useCallback(() => {
    const element = box.current;
    if (element && atEnd.current) element.scrollTop = element.scrollHeight;
  }, []);
  const toEnd = useCallback(() => {
    atEnd.current = true;
    setNews(false);
    stick();
    // The button goes away; the keyboard goes on in the messages.
    box.current?.focus({ preventScroll: true });
  }, [stick]);
  const onScroll = useCallback(() => {
    const element = box.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight <= NEAR;
    before.current.height = element.scrollHeight;
    if (atEnd.current) setNews(false);
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { first, last, height } = before.current;
    const grew = lastSeq > last;
    if (grew && isMine) atEnd.current = true;
    if (firstSeq < first && !atEnd.current) element.scrollTop += element.scrollHeight - height;
    if (grew) setNews(!atEnd.current);
    stick();
    before.current = { first: firstSeq, last: lastSeq, height: element.scrollHeight };
  }, [firstSeq, lastSeq, isMine, stick]);
  return { box, onScroll, toEnd, stick, hasNews };
}
