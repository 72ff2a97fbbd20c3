import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Panel } from "./panel";
import { enter, layOut, PEOPLE } from "./room-for-tests";
import type { RoomTab, TabId } from "./tabs";

vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => layOut());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const more = () => screen.getByRole("button", { name: "More" });

describe("the panel", () => {
  const tab = (id: string, extra: Partial<RoomTab> = {}): RoomTab => ({
    id: id as TabId,
    label: id,
    icon: null,
    Panel: () => <p>What {id} shows</p>,
    ...extra,
  });

  it("goes along its tabs with the arrow keys and shows each, without moving the focus away", async () => {
    const onTab = vi.fn();
    const tabs = [tab("chat", { unread: 2 }), tab("people", { count: 9 }), tab("questions")];
    const draw = (open: string) => (
      <I18nProvider i18n={i18n}>
        <Panel
          tabs={tabs}
          open={open as TabId}
          takeFocus={false}
          onTab={onTab}
          onClose={() => undefined}
          onOpenPerson={() => undefined}
        />
      </I18nProvider>
    );
    const { rerender } = render(draw("people"));
    const user = userEvent.setup();
    expect(screen.getAllByRole("tab").map((one) => one.tabIndex)).toEqual([-1, 0, -1]);
    expect(screen.getByRole("tab", { selected: true }).textContent).toBe("people9");
    act(() => screen.getByRole("tab", { selected: true }).focus());
    await user.keyboard("{ArrowRight}");
    expect(onTab).toHaveBeenLastCalledWith("questions");
    rerender(draw("questions"));
    expect(document.activeElement).toBe(screen.getByRole("tab", { name: "questions" }));
    expect(screen.getByRole("tabpanel", { name: "questions" }).textContent).toContain("What questions shows");
    await user.keyboard("{ArrowRight}");
    expect(onTab).toHaveBeenLastCalledWith("chat");
    await user.keyboard("{Home}{End}");
    expect(onTab.mock.calls.slice(-2)).toEqual([["chat"], ["questions"]]);
  });

  it("says how many are in the room, and takes the focus to its heading", async () => {
    const { user } = enter();
    await user.click(screen.getByRole("button", { name: "People" }));
    expect(screen.getByRole("tab", { name: `People ${PEOPLE.length}`, selected: true })).toBeDefined();
    expect(document.activeElement).toBe(screen.getByRole("heading", { name: "People" }));
    await user.click(screen.getByRole("button", { name: "Close People" }));
    expect(screen.queryByRole("tab")).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "People" }));
  });
});

describe("More", () => {
  it("opens over the room, goes along its choices with the arrow keys, and gives the focus back", async () => {
    const { user } = enter();
    expect(more().getAttribute("aria-haspopup")).toBe("dialog");
    await user.click(more());
    const menu = screen.getByRole("dialog", { name: "More" });
    expect(document.activeElement).toBe(within(menu).getByRole("heading", { name: "More" }));
    // The last one closes and is no choice.
    const choices = within(menu).getAllByRole("button");
    await user.keyboard("{ArrowUp}");
    expect(document.activeElement).toBe(choices.at(-2));
    await user.keyboard("{ArrowDown}");
    expect(document.activeElement).toBe(choices[0]);
    await user.keyboard("{End}");
    expect(document.activeElement).toBe(choices.at(-2));
    fireEvent(menu, new Event("cancel", { cancelable: true }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(document.activeElement).toBe(more());
  });

  it("leads to the keyboard shortcuts", async () => {
    const { user } = enter();
    await user.click(more());
    await user.click(screen.getByRole("button", { name: "Keyboard shortcuts" }));
    expect(screen.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeDefined();
    expect(screen.queryByRole("dialog", { name: "More" })).toBeNull();
  });

  it("takes what has no place in the bar of a phone: five controls, the rest inside", async () => {
    layOut(390, 844);
    const { user } = enter("ada");
    const bar = screen.getByRole("navigation", { name: "Room controls" });
    const words = within(bar)
      .getAllByRole("button")
      .map((button) => button.textContent);
    expect(words).toEqual(["Unmute", "Start video", "Raise hand", "Chat", "More"]);
    await user.click(more());
    const menu = screen.getByRole("dialog", { name: "More" });
    expect(within(menu).getByRole("button", { name: "Everyone", pressed: false })).toBeDefined();
    await user.click(within(menu).getByRole("button", { name: "Everyone" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByText("See one large")).toBeDefined();
  });
});
