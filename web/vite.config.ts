// How the front end is built: static files, one chunk per route, nothing from another host.
import { lingui } from "@lingui/vite-plugin";
import babel from "@rolldown/plugin-babel";
import tailwindcss from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.VDP_DEV_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [
    tanstackRouter({ target: "react", autoCodeSplitting: true, quoteStyle: "double" }),
    babel({ include: /src\/.*\.tsx?(\?.*)?$/, plugins: ["@lingui/babel-plugin-lingui-macro"] }),
    react(),
    lingui(),
    tailwindcss(),
  ],
  build: { target: "es2022", manifest: true, sourcemap: false, assetsInlineLimit: 0 },
  server: {
    proxy: {
      "/api": { target: server, xfwd: true },
      "/socket.io": { target: server, ws: true },
    },
  },
  test: { environment: "jsdom", setupFiles: ["src/app/test-setup.ts"], include: ["src/**/*.test.{ts,tsx}"] },
});
