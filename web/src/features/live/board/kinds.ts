/** What the board needs to know of the drawing program's types, under our names. */
import type {
  ExcalidrawElement,
  ExcalidrawTextElement,
  OrderedExcalidrawElement,
} from "@excalidraw/excalidraw/element/types";
import type { AppState, ExcalidrawImperativeAPI } from "@excalidraw/excalidraw/types";

export type Drawn = ExcalidrawElement;
export type DrawnText = ExcalidrawTextElement;
export type Ordered = OrderedExcalidrawElement;
export type Drawing = ExcalidrawImperativeAPI;
export type DrawingState = AppState;
