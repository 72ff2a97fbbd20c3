/** The size of an element, and what shape of room fits into it. */
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { Box } from "../layout/grid";

const NOTHING: Box = { width: 0, height: 0 };

export function useSize<E extends HTMLElement>(): [RefObject<E | null>, Box] {
  const ref = useRef<E>(null);
  const [size, setSize] = useState(NOTHING);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const { width, height } = element.getBoundingClientRect();
      // Whole pixels: a fraction more or less must not make a new layout.
      setSize((old) => {
        const now = { width: Math.floor(width), height: Math.floor(height) };
        return old.width === now.width && old.height === now.height ? old : now;
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}

export type Shape = "desk" | "tablet" | "phone" | "landscape";

/**
 * Which drawing of the room fits. Measured in the person's own text size, so that large text gets the phone's layout
 * on a wider screen too.
 */
export function shapeFor({ width, height }: Box, rootFontSize: number): Shape {
  const wide = width / rootFontSize;
  const high = height / rootFontSize;
  if (wide < 44) return high < 28 && wide > high ? "landscape" : "phone";
  if (high < 28) return "landscape";
  return wide < 60 ? "tablet" : "desk";
}

export const rootFontSize = () =>
  Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
