import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { useDevice } from "../device";
import { person } from "../engine/fakes";
import type { RoomEngine } from "../engine/room-engine";
import { enter, layOut, tiles } from "./room-for-tests";

vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => layOut());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const views = () => within(screen.getByRole("group", { name: "View" }));
const chosen = () => views().getByRole("button", { pressed: true }).textContent;
const share = (engine: RoomEngine, on: boolean) =>
  act(() =>
    engine.store.setState(({ people }) => ({
      people: {
        ...people,
        ada: person("ada", {
          name: "Ada Hill",
          role: "staff",
          state: { microphone: true, camera: true, screen: on },
        }),
      },
    })),
  );

describe("the calm view", () => {
  it("shows one person and three controls, and its way back is where the focus is", async () => {
    const { user, engine } = enter();
    await user.keyboard("p");
    await user.click(views().getByRole("button", { name: "Calm" }));
    expect(tiles().map((tile) => tile.getAttribute("aria-label"))).toEqual([
      expect.stringContaining("Ada Hill, instructor"),
    ]);
    const bar = within(screen.getByRole("navigation", { name: "Room controls" }));
    expect(bar.getAllByRole("button").map((button) => button.textContent)).toEqual([
      "Unmute",
      "Start video",
      "Leave",
    ]);
    expect(screen.queryByRole("complementary")).toBeNull();
    expect(screen.getByRole("heading", { level: 1, name: "Gentle movement" })).toBeDefined();
    expect(screen.getByText("34 min left")).toBeDefined();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Leave calm view" }));
    act(() => engine.store.setState({ lastSpeaker: "cem" }));
    expect(tiles()[0]?.getAttribute("aria-label")).toContain("Cem Hill");
    await user.keyboard("{Enter}");
    expect(tiles()).toHaveLength(6);
    expect(document.activeElement).toBe(views().getByRole("button", { name: "Everyone" }));
  });

  it("shows a shared screen instead, and stays calm after it", () => {
    act(() => useDevice.setState({ view: "calm" }));
    const { engine } = enter();
    share(engine, true);
    expect(screen.getByRole("tab", { name: "Ada’s screen" })).toBeDefined();
    expect(screen.queryByRole("list", { name: "People in the room" })).toBeNull();
    share(engine, false);
    expect(tiles()).toHaveLength(1);
    expect(screen.getByRole("button", { name: "Leave calm view" })).toBeDefined();
  });
});

describe("the chosen view", () => {
  it("is kept by the device", async () => {
    const { user } = enter();
    await user.click(views().getByRole("button", { name: "Speaker" }));
    expect(localStorage.getItem("vdp-room")).toContain('"view":"speaker"');
    cleanup();
    enter();
    expect(chosen()).toBe("Speaker");
  });

  it("gives way to each screen that begins to be shared, and may look away from each", async () => {
    const { user, engine } = enter();
    share(engine, true);
    expect(chosen()).toBe("Screen");
    await user.click(views().getByRole("button", { name: "Everyone" }));
    expect(chosen()).toBe("Everyone");
    share(engine, false);
    expect(chosen()).toBe("Everyone");
    share(engine, true);
    expect(chosen()).toBe("Screen");
    expect(useDevice.getState().view).toBeNull();
  });
});

describe("pinning by keyboard", () => {
  it("opens a person's menu with Enter, shows them large, and gives the focus back to their tile", async () => {
    const { user } = enter();
    act(() => tiles()[2]?.focus());
    await user.keyboard("{Enter}");
    await user.click(screen.getByRole("button", { name: "Show large" }));
    const large = screen.getByRole("button", { name: /Cem Hill.*shown large/ });
    await vi.waitFor(() => expect(document.activeElement).toBe(large));
    await user.keyboard("{Enter}");
    await user.click(screen.getByRole("button", { name: "Stop showing large" }));
    await vi.waitFor(() => expect(document.activeElement).toBe(tiles()[2]));
  });
});
