/**
 * Excalidraw as part of this program: its fonts come from our own server, nothing from another host, and what we do not
 * use of it (charts from text, its translations, font subsets for SVG, 13 MB of Chinese handwriting) is not built.
 */
import { cpSync, createReadStream, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type { Plugin } from "vite";

const HOME = join(dirname(createRequire(import.meta.url).resolve("@excalidraw/excalidraw")), "fonts");
const LEFT_OUT = ["Xiaolai", "Assistant"];
const NOTHING = "\0excalidraw-nothing";
const INSIDE = /[\\/]@excalidraw[\\/]excalidraw[\\/]dist[\\/]/;
const UNUSED =
  /mermaid-to-excalidraw|[\\/]locales[\\/]|subset-(shared|worker)\.chunk|^canvas-roundrect-polyfill$/;
/** Where it would look for fonts that are not on our server. */
const ELSEWHERE = /`https:\/\/esm\.sh\/\$\{.*?\}\/dist\/prod\/`/s;

export function excalidraw(): Plugin {
  let folder = "";
  let served = false;
  let mended = false;
  return {
    name: "excalidraw",
    enforce: "pre",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir, "excalidraw/fonts");
      served = config.command === "serve";
    },
    resolveId(source, importer) {
      return importer && INSIDE.test(importer) && UNUSED.test(source) ? NOTHING : null;
    },
    load: (id) => (id === NOTHING ? "export default {};" : null),
    transform(code, id) {
      if (!INSIDE.test(id) || !code.includes("ASSETS_FALLBACK_URL")) return null;
      const mendedCode = code.replace(ELSEWHERE, '(window.location.origin+"/excalidraw/")');
      if (mendedCode === code || mendedCode.includes("esm.sh"))
        this.error("Excalidraw names a foreign host for its fonts.");
      mended = true;
      return { code: mendedCode, map: null };
    },
    configureServer(server) {
      server.middlewares.use("/excalidraw/fonts", (request, response, next) => {
        const file = join(HOME, decodeURIComponent(request.url ?? "").split("?")[0] ?? "");
        if (!file.startsWith(HOME) || !file.endsWith(".woff2") || !existsSync(file)) return next();
        response.setHeader("content-type", "font/woff2");
        createReadStream(file).pipe(response);
      });
    },
    writeBundle() {
      if (served) return;
      // An upgrade must not bring the foreign host back without a word.
      if (!mended) this.error("Excalidraw's second source of fonts was not found: look where it is now.");
      cpSync(HOME, folder, {
        recursive: true,
        filter: (path) => !LEFT_OUT.some((name) => path.startsWith(join(HOME, name))),
      });
    },
  };
}
