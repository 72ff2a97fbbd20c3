/** Excalidraw with its style sheet and the place of its fonts, in a chunk that only a board loads. */
import "./asset-path";
import "@excalidraw/excalidraw/index.css";

export {
  CaptureUpdateAction,
  convertToExcalidrawElements,
  Excalidraw,
  exportToBlob,
  exportToCanvas,
  getCommonBounds,
  restoreElements,
  viewportCoordsToSceneCoords,
} from "@excalidraw/excalidraw";
