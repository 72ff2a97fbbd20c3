// Prints how much JavaScript the first pages need, gzipped: the entry, and what their routes import before anything is drawn;
// and what a room adds. Fails when either is more than it may be.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** In kB. React with React DOM is 68 of the first load, the router 27, queries 11, languages 3. */
const MOST = { first_load_kB: 140, room_on_top_kB: 90 };

const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);

/** A chunk and all it imports. */
function needed(keys, seen = new Set()) {
  for (const key of keys) {
    if (seen.has(key)) continue;
    seen.add(key);
    needed(manifest[key].imports ?? [], seen);
  }
  return seen;
}

/** The entry with the split halves of some routes' files; a route that is not there is a mistake. */
function page(...routes) {
  const keys = routes.flatMap((route) => {
    const found = Object.keys(manifest).filter((key) => key.includes(`src/routes/${route}.tsx`));
    if (found.length === 0) throw new Error(`no chunk for src/routes/${route}.tsx`);
    return found;
  });
  return needed([entry, ...keys]);
}

function size(keys) {
  const files = new Set([...keys].map((key) => manifest[key].file).filter((file) => file.endsWith(".js")));
  return [...files].reduce(
    (sum, file) => sum + gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length,
    0,
  );
}

const kB = (bytes) => Math.round(bytes / 100) / 10;
const signIn = page("sign-in");
const myDay = page("_house", "_house/my-day");
const first = new Set([...signIn, ...myDay]);
const socket = Object.keys(manifest).filter((key) => /socket\.io-client/.test(key));
const room = needed([...page("sessions.$id.room"), ...socket], new Set(first));
const found = {
  sign_in_kB: kB(size(signIn)),
  my_day_kB: kB(size(myDay)),
  first_load_kB: kB(size(first)),
  room_on_top_kB: kB(size(room) - size(first)),
};
console.log(JSON.stringify(found));
for (const [name, most] of Object.entries(MOST)) {
  if (found[name] <= most) continue;
  console.error(`${name} is ${found[name]}, and may be ${most} at most`);
  process.exitCode = 1;
}
