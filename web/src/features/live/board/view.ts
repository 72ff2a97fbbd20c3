/** Nearer, farther, and everything at once. */
import type { Drawing, DrawingState } from "./kinds";

const LEAST = 0.1;
const MOST = 5;

/** What is in the middle stays there. Pure. */
export function zoomed(
  state: Pick<DrawingState, "zoom" | "scrollX" | "scrollY" | "width" | "height">,
  times: number,
): { zoom: DrawingState["zoom"]; scrollX: number; scrollY: number } {
  const before = state.zoom.value;
  const value = Math.min(MOST, Math.max(LEAST, before * times));
  const shift = (size: number) => size / 2 / value - size / 2 / before;
  return {
    zoom: { value } as DrawingState["zoom"],
    scrollX: state.scrollX + shift(state.width),
    scrollY: state.scrollY + shift(state.height),
  };
}

export function zoom(drawing: Drawing, times: number): void {
  drawing.updateScene({ appState: zoomed(drawing.getAppState(), times) as DrawingState });
}

export function fit(drawing: Drawing): void {
  if (drawing.getSceneElements().length === 0) return;
  drawing.scrollToContent(undefined, { fitToContent: true, animate: false });
}
