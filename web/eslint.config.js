// The floors of the front end, and what else no code here may do.
import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import lingui from "eslint-plugin-lingui";
import hooks from "eslint-plugin-react-hooks";
import globals from "globals";
import ts from "typescript-eslint";

const features = ["accounts", "attendance", "day", "live", "programs"];

/** A floor may not look up: who stands below imports nothing of these. */
const noImport = (files, patterns, message) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns: [{ group: patterns, message }] }] },
});

export default ts.config(
  { ignores: ["dist", "src/routeTree.gen.ts", "src/contract/*.d.ts", "src/locales"] },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  a11y.flatConfigs.recommended,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "react-hooks": hooks, lingui },
    rules: {
      ...hooks.configs.recommended.rules,
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/only-throw-error": [
        "error",
        { allow: [{ from: "package", package: "@tanstack/router-core", name: "Redirect" }] },
      ],
      "max-lines": ["error", 600],
      "lingui/no-expression-in-message": "off",
      "lingui/no-unlocalized-strings": "off",
    },
  },
  {
    files: ["src/**/*.tsx"],
    ignores: ["src/**/*.test.tsx"],
    rules: {
      // Text between tags must be in the catalogue. Attributes that people hear or read are checked by name.
      "lingui/no-unlocalized-strings": [
        "error",
        {
          ignore: ["^(?![A-Z][a-z]+ |[A-Z][a-z]+$).*$"],
          ignoreNames: [{ regex: { pattern: "^(?!aria-label$|title$|alt$|label$|placeholder$).*$" } }],
          ignoreFunctions: ["*"],
        },
      ],
    },
  },
  noImport(
    ["src/contract/**", "src/lib/**", "src/components/**"],
    ["**/features/**", "**/routes/**", "**/app/**"],
    "This floor lies below features, routes and app.",
  ),
  ...features.map((feature) =>
    noImport(
      [`src/features/${feature}/**`],
      [
        "**/routes/**",
        "**/app/**",
        ...features.filter((f) => f !== feature).map((f) => `**/${f}/**`),
        ...features.filter((f) => f !== feature).map((f) => `../../${f}`),
      ],
      "A feature uses contract, lib and components; never another feature, a route or the app.",
    ),
  ),
  {
    files: ["*.js", "*.ts", "scripts/**"],
    ...ts.configs.disableTypeChecked,
    languageOptions: { globals: globals.node, parserOptions: { projectService: false } },
  },
);
