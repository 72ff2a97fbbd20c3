// How the front end is built: static files, one chunk per route, nothing from another host.
import { lingui } from "@lingui/vite-plugin";
import tailwindcss from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { excalidraw } from "./scripts/excalidraw.ts";
import { linguiMacros } from "./scripts/lingui-macros.ts";

const server = process.env.VDP_DEV_SERVER ?? "http://127.0.0.1:8080";

/** What every page needs comes in one piece, which compresses better than many and stays in the browser's cache. */
const FRAME =
  /node_modules\/(react|react-dom|scheduler|zustand|clsx|class-variance-authority|@lingui|@tanstack)\//;

export default defineConfig({
  plugins: [
    tanstackRouter({ target: "react", autoCodeSplitting: true, quoteStyle: "double" }),
    linguiMacros(),
    react(),
    lingui(),
    tailwindcss(),
    excalidraw(),
  ],
  // In development too, what it does not use and its fonts' second source stay out.
  optimizeDeps: { exclude: ["@excalidraw/excalidraw"] },
  build: {
    target: "es2022",
    manifest: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "frame", test: FRAME, priority: 2 },
            { name: "base", test: /\/src\/(lib|components)\/|lucide-react/, minShareCount: 4, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/api": { target: server, xfwd: true },
      "/socket.io": { target: server, ws: true },
    },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/app/test-setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    // A test that waits for ever fails; one on a busy machine does not.
    testTimeout: 30_000,
  },
});
