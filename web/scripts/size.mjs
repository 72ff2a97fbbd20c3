// Prints how much JavaScript each first page needs, gzipped: what its entry and route import statically.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);

function needed(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  manifest[key].imports?.forEach((next) => needed(next, seen));
  return seen;
}

function size(keys) {
  const files = new Set([...keys].map((key) => manifest[key].file).filter((file) => file.endsWith(".js")));
  return [...files].reduce(
    (sum, file) => sum + gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length,
    0,
  );
}

/** The chunks of a route's file: the split halves of its component and what they import. */
function route(name) {
  const keys = Object.keys(manifest).filter((key) => key.includes(`routes/${name}.tsx`));
  return keys.reduce((seen, key) => needed(key, seen), new Set());
}

const catalogue = needed(Object.keys(manifest).find((key) => key.endsWith("locales/en.po")) ?? entry);
const shell = new Set([...needed(entry), ...catalogue]);
const kB = (bytes) => (bytes / 1000).toFixed(1);
const first = new Set([...shell, ...route("sign-in"), ...route("my-day")]);
const room = new Set([...first, ...route("sessions.$id.room")]);
const dynamic = new Set(room);
for (const key of room)
  manifest[key].dynamicImports?.filter((k) => /socket\.io/.test(k)).forEach((k) => needed(k, dynamic));
console.log(
  JSON.stringify({ first_load_kB: kB(size(first)), room_on_top_kB: kB(size(dynamic) - size(first)) }),
);
