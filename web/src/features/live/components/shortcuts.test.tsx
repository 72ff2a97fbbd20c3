import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { useDevice } from "../device";
import { enter, layOut } from "./room-for-tests";

vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => layOut());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function openList() {
  const room = enter();
  await room.user.keyboard("?");
  return { ...room, dialog: screen.getByRole("dialog", { name: "Keyboard shortcuts" }) };
}

describe("keyboard shortcuts", () => {
  it("can be changed, which shows on the button, works, and is kept by the device", async () => {
    const { user, engine, dialog } = await openList();
    await user.click(within(dialog).getByRole("button", { name: "Change: Mute or unmute" }));
    await user.keyboard("k");
    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    const unmute = screen.getByRole("button", { name: "Unmute" });
    expect(unmute.getAttribute("aria-keyshortcuts")).toBe("K");
    expect(unmute.title).toBe("Unmute (K)");
    const set = vi.spyOn(engine, "setMicrophone").mockResolvedValue();
    act(() => (document.activeElement as HTMLElement).blur());
    await user.keyboard("m");
    expect(set).not.toHaveBeenCalled();
    await user.keyboard("k");
    expect(set).toHaveBeenCalledWith(true);
    expect(localStorage.getItem("vdp-room")).toContain('"microphone":"k"');
  });

  it("refuses a key that has another meaning, and says which", async () => {
    const { user, dialog } = await openList();
    await user.click(within(dialog).getByRole("button", { name: "Change: Mute or unmute" }));
    await user.keyboard("v");
    expect(within(dialog).getByRole("status").textContent).toBe(
      "V is already used for “Start or stop video”. Choose another key.",
    );
    await user.keyboard("{F2}");
    expect(within(dialog).getByRole("status").textContent).toBe("Choose a letter, a number or a sign.");
    await user.keyboard("w");
    expect(within(dialog).getByRole("status").textContent).toContain(
      "W is already used for “Show or leave the whiteboard”.",
    );
    await user.keyboard("{Escape}");
    expect(within(dialog).getByRole("status").textContent).toBe("");
    expect(useDevice.getState().keys).toEqual({});
    expect(screen.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeDefined();
  });

  it("can all be turned off", async () => {
    const { user, engine, dialog } = await openList();
    await user.click(within(dialog).getByRole("switch", { name: "Single keys, on" }));
    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    expect(screen.getByRole("button", { name: "Unmute" }).hasAttribute("aria-keyshortcuts")).toBe(false);
    const set = vi.spyOn(engine, "setMicrophone").mockResolvedValue();
    await user.keyboard("m");
    expect(set).not.toHaveBeenCalled();
  });
});

describe("holding Space", () => {
  const held = () => vi.fn((on: boolean) => Promise.resolve(void on));

  it("lets a muted person be heard for as long as it is held", async () => {
    const { user, engine } = enter();
    const set = held();
    vi.spyOn(engine, "setMicrophone").mockImplementation((on) => {
      engine.store.setState(({ microphone }) => ({ microphone: { ...microphone, on } }));
      return set(on);
    });
    await user.keyboard("[Space>3]");
    expect(set.mock.calls).toEqual([[true]]);
    await user.keyboard("[/Space]");
    expect(set.mock.calls).toEqual([[true], [false]]);
  });

  it("mutes again when the page loses sight of the key", async () => {
    const { user, engine } = enter();
    const set = vi.spyOn(engine, "setMicrophone").mockResolvedValue();
    await user.keyboard("[Space>]");
    act(() => void window.dispatchEvent(new Event("blur")));
    expect(set.mock.calls).toEqual([[true], [false]]);
  });

  it("presses the button that has the focus, as everywhere", async () => {
    const { user, engine } = enter();
    const set = vi.spyOn(engine, "setMicrophone").mockResolvedValue();
    act(() => screen.getByRole("button", { name: "Start video" }).focus());
    await user.keyboard("[Space>]");
    expect(set).not.toHaveBeenCalled();
  });
});
