// Fails when a text of the pages is not in the catalogues yet, or one there is not used any more.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const files = ["src/locales/en.po", "src/locales/ar-XB.po"];
const before = files.map((file) => readFileSync(file, "utf8"));
execFileSync("npx", ["lingui", "extract", "--clean"], { stdio: ["ignore", "ignore", "inherit"] });
const dated = /^"POT-Creation-Date.*$/m;
const stale = files.filter(
  (file, i) => readFileSync(file, "utf8").replace(dated, "") !== before[i].replace(dated, ""),
);
files.forEach((file, i) => writeFileSync(file, before[i]));
if (stale.length > 0) {
  console.error(`${stale.join(", ")}: not what the pages say. Run: npm run extract`);
  process.exit(1);
}
