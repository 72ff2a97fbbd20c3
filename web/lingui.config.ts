// The catalogues: English is the source; ar-XB is a made-up right-to-left language that shows what is not translatable.
import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "ar-XB"],
  pseudoLocale: "ar-XB",
  fallbackLocales: { default: "en" },
  // Line numbers would change every entry with every edit.
  format: formatter({ lineNumbers: false }),
  catalogs: [{ path: "<rootDir>/src/locales/{locale}", include: ["src"], exclude: ["**/*.test.*"] }],
});
