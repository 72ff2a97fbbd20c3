// How the front end is built: static files, one chunk per route, nothing from another host.
import { transformAsync } from "@babel/core";
import { lingui } from "@lingui/vite-plugin";
import tailwindcss from "@tailwindcss/vite";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const server = process.env.VDP_DEV_SERVER ?? "http://127.0.0.1:8080";

/** Compiles Lingui's macros, the one thing here that needs Babel; files without them never see it. */
function linguiMacros(): Plugin {
  return {
    name: "lingui-macros",
    enforce: "pre",
    async transform(code, id) {
      if (!/\/src\/.*\.tsx?(\?.*)?$/.test(id) || !code.includes("@lingui/")) return null;
      const result = await transformAsync(code, {
        filename: id.replace(/\?.*$/, ""),
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ["typescript", "jsx"] },
        plugins: ["@lingui/babel-plugin-lingui-macro"],
      });
      return result?.code ? { code: result.code, map: result.map ?? null } : null;
    },
  };
}

export default defineConfig({
  plugins: [
    tanstackRouter({ target: "react", autoCodeSplitting: true, quoteStyle: "double" }),
    linguiMacros(),
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
