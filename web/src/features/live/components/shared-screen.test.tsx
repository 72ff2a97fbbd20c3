import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { useDevice } from "../device";
import { person } from "../engine/fakes";
import { enter, layOut } from "./room-for-tests";

vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => layOut());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function watchScreen() {
  const room = enter();
  const state = { microphone: true, camera: true, screen: true };
  const ada = person("ada", { name: "Ada Hill", role: "staff", state });
  act(() => room.engine.store.setState(({ people }) => ({ people: { ...people, ada } })));
  const picture = screen.getByRole("group", { name: /Picture of the screen/ });
  return { ...room, picture, size: () => (picture.firstElementChild as HTMLElement).style.inlineSize };
}

describe("a shared screen", () => {
  it("is made larger and smaller by buttons, and the focus is never lost with one", async () => {
    const { user, size } = watchScreen();
    const larger = screen.getByRole("button", { name: "Zoom in" });
    expect(screen.queryByRole("button", { name: "Zoom out" })).toBeNull();
    await user.click(larger);
    await user.click(larger);
    await user.click(larger);
    expect(size()).toBe("300%");
    expect(larger.getAttribute("aria-disabled")).toBe("true");
    expect(document.activeElement).toBe(larger);
    for (let i = 0; i < 3; i += 1) await user.click(screen.getByRole("button", { name: "Zoom out" }));
    expect(size()).toBe("100%");
    expect(document.activeElement).toBe(larger);
  });

  it("is made larger and smaller by keys where its picture has the focus", async () => {
    const { user, picture, size } = watchScreen();
    act(() => picture.focus());
    await user.keyboard("++");
    expect(size()).toBe("200%");
    await user.keyboard("-");
    expect(size()).toBe("150%");
    await user.keyboard("0");
    expect(size()).toBe("100%");
    expect(document.activeElement).toBe(picture);
  });

  it("offers the full screen only where there is one", () => {
    watchScreen();
    expect(screen.queryByRole("button", { name: "Full screen" })).toBeNull();
    cleanup();
    Object.defineProperty(document, "fullscreenEnabled", { value: true, configurable: true });
    watchScreen();
    expect(screen.getByRole("button", { name: "Full screen" })).toBeDefined();
    Reflect.deleteProperty(document, "fullscreenEnabled");
  });

  it("has captions also where it fills everything, for the eye alone", () => {
    useDevice.setState({ captions: true, captionsAloud: true });
    Object.defineProperty(document, "fullscreenEnabled", { value: true, configurable: true });
    watchScreen();
    expect(screen.getAllByRole("region", { name: "Captions" })).toHaveLength(1);
    const whole = screen.getByRole("region", { name: "Ada Hill’s screen" });
    Object.defineProperty(document, "fullscreenElement", { value: whole, configurable: true });
    act(() => void document.dispatchEvent(new Event("fullscreenchange")));
    expect(within(whole).getByRole("region", { name: "Captions" })).toBeDefined();
    expect(screen.getAllByRole("log", { name: "Captions, read aloud" })).toHaveLength(1);
    expect(within(whole).queryByRole("button", { name: "Caption settings" })).toBeNull();
    Reflect.deleteProperty(document, "fullscreenElement");
    Reflect.deleteProperty(document, "fullscreenEnabled");
  });
});
