// Text and colours: what the page's own early script sets is what the app sets later, so that nothing jumps.
import { readFileSync } from "node:fs";

import { beforeEach, expect, test, vi } from "vitest";

import { applyLook, type Look } from "./look";

const page = readFileSync("index.html", "utf8");
const early = /<script>([^]*?)<\/script>/.exec(page)?.[1] ?? "";

const root = document.documentElement;
const bare = () => {
  for (const { name } of [...root.attributes]) root.removeAttribute(name);
};
const shown = () => ({
  theme: root.dataset.theme,
  contrast: root.dataset.contrast,
  large: root.hasAttribute("data-large-text"),
  scale: root.style.getPropertyValue("--text-scale") || "1",
});

beforeEach(() => {
  bare();
  localStorage.clear();
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
});

const looks: Look[] = [
  {},
  { theme: "dark" },
  { contrast: "more" },
  { size: 115 },
  { size: 150 },
  { theme: "light", size: 200 },
];

test.each(looks)("before the first paint the page already has the look %j", (look) => {
  localStorage.setItem("vdp-look", JSON.stringify(look));
  // The script as the browser would run it.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function(early)();
  const first = shown();
  bare();
  applyLook(look);
  expect(first).toEqual(shown());
});
