// The catalogues: English is the source; ar-XB is a made-up right-to-left language that shows what is not translatable.
import { defineConfig } from "@lingui/cli";

export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "ar-XB"],
  pseudoLocale: "ar-XB",
  fallbackLocales: { default: "en" },
  catalogs: [{ path: "<rootDir>/src/locales/{locale}", include: ["src"], exclude: ["**/*.test.*"] }],
});
