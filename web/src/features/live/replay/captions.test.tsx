// The transcript of a long class: one stop of the Tab key, and only what changes is drawn again.
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { act, cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";

import { Transcript } from "./captions";
import { Player } from "./player";
import { PlayerProvider } from "./use-player";
import * as words from "./words";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const LINES = Array.from({ length: 5_000 }, (_, i) => ({
  id: `c${i}`,
  at_ms: i * 2_000,
  until_ms: i * 2_000 + 1_500,
  name: i % 2 ? "Maya Osei" : "Rosa Delgado",
  language: "en",
  text: i === 4_000 ? "A café by the sea" : `line ${i}`,
}));

function show(lines = LINES) {
  const player = new Player([], 10_000_000);
  render(
    <I18nProvider i18n={i18n}>
      <PlayerProvider value={player}>
        <Transcript lines={lines} />
      </PlayerProvider>
    </I18nProvider>,
  );
  return player;
}
const current = () => document.querySelector("[aria-current]")?.textContent;
const text = () => document.activeElement?.textContent;

test("five thousand lines: the line of the moment is marked, and the others are not drawn again for it", () => {
  const drawn = vi.spyOn(words, "clock");
  const player = show();
  expect(current()).toContain("line 0");
  drawn.mockClear();
  act(() => player.seek(8_000));
  expect(current()).toContain("line 4");
  expect(drawn.mock.calls.length).toBeLessThan(5);
  act(() => player.seek(8_900));
  expect(drawn.mock.calls.length).toBeLessThan(5);
});

test("a word finds its line among them", async () => {
  show();
  await userEvent.type(screen.getByRole("searchbox"), "cafe");
  expect(await screen.findAllByRole("listitem")).toHaveLength(1);
  expect(screen.getByRole("listitem").textContent).toContain("A café by the sea");
});

test("the Tab key stops once, at the line of the moment; arrows go on from there", async () => {
  const player = show(LINES.slice(0, 20));
  act(() => player.seek(8_000));
  await userEvent.tab();
  expect(document.activeElement).toBe(screen.getByRole("searchbox"));
  await userEvent.tab();
  expect(text()).toContain("line 4");
  await userEvent.keyboard("{ArrowDown}");
  expect(text()).toContain("line 5");
  await userEvent.keyboard("{ArrowUp}{ArrowUp}");
  expect(text()).toContain("line 3");
  await userEvent.keyboard("{Enter}");
  expect(player.snapshot().at).toBe(6_000);
  await userEvent.keyboard("{End}");
  expect(text()).toContain("line 19");
  await userEvent.keyboard("{Home}");
  expect(text()).toContain("line 0");
  // The keys of the page have not moved the recording.
  expect(player.snapshot().at).toBe(6_000);
  await userEvent.tab();
  expect(document.activeElement).toBe(document.body);
});
