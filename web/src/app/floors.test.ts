// @vitest-environment node
// The lint is the architect of the front end: each of its floors is broken once here, and must be seen.
import { ESLint } from "eslint";
import ts from "typescript-eslint";
import { expect, test } from "vitest";

// Without types, which these rules do not need and which take long.
const eslint = new ESLint({
  overrideConfig: [
    {
      files: ["**/*.{ts,tsx}"],
      ...ts.configs.disableTypeChecked,
      languageOptions: { parserOptions: { projectService: false } },
    },
  ] as ESLint.Options["overrideConfig"],
});

async function rulesAgainst(filePath: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

const FLOOR = "no-restricted-imports";
const TEXT = "lingui/no-unlocalized-strings";

test.each([
  ["src/contract/types.ts", `export * from "../features/day/phases";`, FLOOR],
  ["src/lib/page.ts", `export * from "../features/day/phases";`, FLOOR],
  ["src/lib/page.ts", `export * from "../routes/index";`, FLOOR],
  ["src/components/brand.tsx", `export * from "../app/shell";`, FLOOR],
  ["src/components/ui/button.tsx", `export * from "../../features/live/doors";`, FLOOR],
  ["src/features/day/slot.tsx", `export * from "../live/doors";`, FLOOR],
  ["src/features/live/components/tile.tsx", `export * from "../../day/phases";`, FLOOR],
  ["src/features/accounts/fragment.ts", `export * from "../programs/price";`, FLOOR],
  ["src/features/attendance/track.ts", `export * from "../../routes/index";`, FLOOR],
  ["src/features/programs/price.ts", `export * from "../../app/guards";`, FLOOR],
  ["src/features/day/slot.tsx", `export const a = <p>Good morning</p>;`, TEXT],
  ["src/features/day/slot.tsx", `export const a = <nav aria-label="Other days" />;`, TEXT],
  ["src/features/day/slot.tsx", `export const a = <img src="a.png" />;`, "jsx-a11y/alt-text"],
  [
    "src/features/day/slot.tsx",
    `import { useState } from "react";\nexport function A(p: { b: boolean }) {\n  if (p.b) useState(0);\n  return null;\n}`,
    "react-hooks/rules-of-hooks",
  ],
  ["src/features/day/arc.ts", `export const a: any = 1;`, "@typescript-eslint/no-explicit-any"],
  ["src/features/day/arc.ts", "export const a = 1;\n".repeat(601), "max-lines"],
])("%s may not hold %j", async (filePath, code, rule) => {
  expect(await rulesAgainst(filePath, code)).toContain(rule);
});

test.each([
  ["src/features/day/slot.tsx", `export * from "../../lib/page";\nexport * from "../../components/brand";`],
  ["src/app/staff-shell.tsx", `export * from "../features/day/now-box";`],
  ["src/lib/page.ts", `export * from "../contract/types";`],
])("%s may use the floors below it", async (filePath, code) => {
  expect(await rulesAgainst(filePath, code)).toEqual([]);
});
