/** Excalidraw with its style sheet and the place of its fonts, in a chunk that only a board loads. */
import "@excalidraw/excalidraw/index.css";

declare global {
  interface Window {
    EXCALIDRAW_ASSET_PATH?: string | string[];
  }
}

window.EXCALIDRAW_ASSET_PATH = "/excalidraw/";

export {
  CaptureUpdateAction,
  convertToExcalidrawElements,
  Excalidraw,
  exportToBlob,
  getCommonBounds,
  restoreElements,
  viewportCoordsToSceneCoords,
} from "@excalidraw/excalidraw";
