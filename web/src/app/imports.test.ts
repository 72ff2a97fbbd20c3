// No module of ours needs itself, however far around: a circle of imports is a knot that only shows when it breaks.
import { expect, test } from "vitest";

const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*", "!../routeTree.gen.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});

/** `./x` and `../x` from a file, as its key among the sources. Types vanish when compiled, so they make no knot. */
function importsOf(file: string): string[] {
  const written = sources[file]?.matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)"/gm) ?? [];
  return [...written].flatMap(([, path = ""]) => {
    const url = new URL(path, `http://src/${file.replace(/^\.\.\//, "at/")}`).pathname;
    const key = url.replace(/^\/at\//, "../");
    return [`${key}.ts`, `${key}.tsx`].filter((candidate) => candidate in sources);
  });
}

function circle(from: string, path: string[], done: Set<string>): string[] | null {
  if (path.includes(from)) return [...path.slice(path.indexOf(from)), from];
  if (done.has(from)) return null;
  for (const next of importsOf(from)) {
    const found = circle(next, [...path, from], done);
    if (found) return found;
  }
  done.add(from);
  return null;
}

test("modules do not import each other in circles", () => {
  const done = new Set<string>();
  expect(Object.keys(sources).length).toBeGreaterThan(50);
  expect(importsOf("./app.tsx").length + importsOf("../main.tsx").length).toBeGreaterThan(0);
  for (const file of Object.keys(sources)) expect(circle(file, [], done)).toBeNull();
});
