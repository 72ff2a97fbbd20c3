/** Where the drawing program finds its fonts. Said before it is loaded. */
declare global {
  interface Window {
    EXCALIDRAW_ASSET_PATH?: string | string[];
  }
}

window.EXCALIDRAW_ASSET_PATH = "/excalidraw/";

export {};
