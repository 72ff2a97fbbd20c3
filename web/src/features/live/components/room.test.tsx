import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { person } from "../engine/fakes";
import { enter, layOut, tiles } from "./room-for-tests";

// Roles are computed over the whole page; a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => layOut());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("the room on the screen", () => {
  it("takes the focus to its title when a person comes in", () => {
    enter();
    expect(document.activeElement).toBe(screen.getByRole("heading", { level: 1, name: "Gentle movement" }));
    expect(screen.getByText("34 min left")).toBeDefined();
  });

  it("names each part, and each control by what pressing it does", () => {
    enter();
    for (const role of ["banner", "main", "navigation"]) expect(screen.getByRole(role)).toBeDefined();
    const unmute = screen.getByRole("button", { name: "Unmute" });
    expect(unmute.getAttribute("aria-keyshortcuts")).toBe("M");
    expect(unmute.hasAttribute("aria-pressed")).toBe(false);
    expect(screen.getByText("You are muted")).toBeDefined();
    expect(screen.queryByRole("button", { name: "End for everyone" })).toBeNull();
  });

  it("has one tab stop for all tiles, and the arrow keys go where the eye would", async () => {
    const { user } = enter();
    expect(tiles().map((tile) => tile.tabIndex)).toEqual([0, -1, -1, -1, -1, -1]);
    act(() => tiles()[0]?.focus());
    await user.keyboard("{ArrowRight}{ArrowDown}");
    expect(document.activeElement).toBe(tiles()[4]);
    expect(tiles()[4]?.tabIndex).toBe(0);
    await user.keyboard("{Home}");
    expect(document.activeElement).toBe(tiles()[0]);
  });

  it("gives the focus to the next tile when the focused person leaves", async () => {
    const { engine } = enter();
    act(() => tiles()[1]?.focus());
    act(() =>
      engine.store.setState(({ people }) => ({
        people: Object.fromEntries(Object.entries(people).filter(([seat]) => seat !== "ben")),
      })),
    );
    await vi.waitFor(() => expect(document.activeElement).toBe(tiles()[1]));
    expect(tiles()[1]?.getAttribute("aria-label")).toContain("Cem Hill");
  });

  it("keeps the focus on a person whose tile is drawn elsewhere because a screen is shared", async () => {
    const { engine } = enter();
    act(() => tiles()[2]?.focus());
    const state = { microphone: true, camera: true, screen: true };
    const ada = person("ada", { name: "Ada Hill", role: "staff", state });
    act(() => engine.store.setState(({ people }) => ({ people: { ...people, ada } })));
    await vi.waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toContain("Cem Hill"));
  });

  it("moves no focus when people come, speak and go", () => {
    const { engine } = enter();
    const before = document.activeElement;
    act(() => engine.store.setState({ speaking: ["cem"], lastSpeaker: "cem" }));
    act(() => engine.store.setState(({ people }) => ({ people: { ...people, gus: person("gus") } })));
    expect(document.activeElement).toBe(before);
  });

  it("says who speaks in words on the tile", () => {
    const { engine } = enter();
    act(() => engine.store.setState({ speaking: ["cem"] }));
    expect(screen.getByRole("button", { name: /Cem Hill, is speaking/ })).toBeDefined();
    expect(document.querySelector("[data-seat='cem']")?.getAttribute("data-speaking")).toBe("true");
  });

  it("opens people with P and gives the focus back to the button on Escape", async () => {
    const { user } = enter();
    await user.keyboard("p");
    const heading = screen.getByRole("heading", { name: /People/ });
    expect(document.activeElement).toBe(heading);
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("heading", { name: /People/ })).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "People" }));
  });

  it("goes around its parts with F6", async () => {
    const { user } = enter();
    await user.keyboard("{F6}");
    expect(document.activeElement?.tagName).toBe("MAIN");
    await user.keyboard("{F6}");
    expect(document.activeElement?.tagName).toBe("NAV");
    await user.keyboard("{Shift>}{F6}{/Shift}");
    expect(document.activeElement?.tagName).toBe("MAIN");
  });

  it("lets staff end the session only after saying what will happen", async () => {
    const { user, end } = enter("ada");
    await user.click(screen.getByRole("button", { name: "End for everyone" }));
    const dialog = screen.getByRole("dialog", { name: "End Gentle movement for everyone?" });
    expect(document.activeElement).toBe(within(dialog).getByRole("button", { name: "Keep it going" }));
    expect(dialog.textContent).toContain("5 other people leave the room at once.");
    await user.click(within(dialog).getByRole("button", { name: "End for everyone" }));
    expect(end).toHaveBeenCalledOnce();
  });

  it("asks staff on a phone whether they leave or end the session, and nobody else", async () => {
    layOut(390, 844);
    const { engine, end, user } = enter("ada");
    const left = vi.spyOn(engine, "leave").mockResolvedValue();
    const door = () => screen.getByRole("button", { name: "Leave" });
    await user.click(door());
    const asked = () => screen.getByRole("dialog", { name: "Leave, or end for everyone?" });
    expect(left).not.toHaveBeenCalled();
    await user.click(within(asked()).getByRole("button", { name: "Stay here" }));
    expect(document.activeElement).toBe(door());
    await user.click(door());
    await user.click(within(asked()).getByRole("button", { name: "End for everyone" }));
    const sure = screen.getByRole("dialog", { name: "End Gentle movement for everyone?" });
    expect(screen.getAllByRole("dialog")).toHaveLength(1);
    await user.click(within(sure).getByRole("button", { name: "Keep it going" }));
    expect(end).not.toHaveBeenCalled();
    await user.click(door());
    await user.click(within(asked()).getByRole("button", { name: "Leave" }));
    expect(left).toHaveBeenCalledOnce();
    cleanup();
    const other = enter("fay");
    const gone = vi.spyOn(other.engine, "leave").mockResolvedValue();
    await other.user.click(door());
    expect(gone).toHaveBeenCalledOnce();
  });

  it("offers mute and remove to staff, and to nobody else", async () => {
    const { user } = enter("ada");
    await user.click(tiles()[0] as HTMLElement);
    expect(screen.getByRole("button", { name: "Take out for good" })).toBeDefined();
    cleanup();
    enter("fay");
    await user.click(tiles()[1] as HTMLElement);
    expect(screen.getByRole("button", { name: "Show large" })).toBeDefined();
    expect(screen.queryByRole("button", { name: "Take out for good" })).toBeNull();
  });

  it("has two live regions that are empty at first and say what was lost", () => {
    const { engine } = enter();
    expect(screen.getByRole("status").textContent).toBe("");
    expect(screen.getByRole("alert").textContent).toBe("");
    act(() => engine.store.setState({ phase: "reconnecting", note: { kind: "lost", count: 1 } }));
    expect(screen.getByRole("alert").textContent).toBe("The connection dropped. We are bringing you back.");
  });

  it("shows a screen when somebody shares one, and lets a person look away", async () => {
    const { engine, user } = enter();
    const sharing = person("ada", {
      name: "Ada Hill",
      role: "staff",
      state: { microphone: true, camera: true, screen: true },
    });
    act(() => engine.store.setState(({ people }) => ({ people: { ...people, ada: sharing } })));
    expect(screen.getByRole("tab", { name: "Ada’s screen" })).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Everyone" }));
    expect(screen.queryByRole("tab", { name: "Ada’s screen" })).toBeNull();
  });

  it("says calmly that somebody who talks is muted, and is gone with the mute", async () => {
    const { engine, user } = enter();
    act(() => engine.noticeTalking());
    const strip = screen.getByText("You are muted. Nobody hears you.", { selector: ".lr-banner p" });
    expect(screen.getByRole("alert").textContent).toBe("");
    await vi.waitFor(
      () => expect(screen.getByRole("status").textContent).toBe("You are muted. Nobody hears you."),
      { timeout: 10_000 },
    );
    await user.click(screen.getByRole("button", { name: "Close" }));
    expect(strip.isConnected).toBe(false);
    act(() => engine.noticeTalking());
    expect(screen.getByText("You are muted. Nobody hears you.", { selector: ".lr-banner p" })).toBeDefined();
    act(() => engine.store.setState(({ microphone }) => ({ microphone: { ...microphone, on: true } })));
    expect(screen.queryByText("You are muted. Nobody hears you.", { selector: ".lr-banner p" })).toBeNull();
  });
});

describe("a press while the line is down", () => {
  it("is answered calmly, below the word that the line is down", async () => {
    const { engine, user } = enter();
    act(() => engine.store.setState({ phase: "reconnecting" }));
    await user.click(screen.getByRole("button", { name: "Raise hand" }));
    const strips = [...document.querySelectorAll(".lr-banner p")].map((strip) => strip.textContent);
    expect(strips).toEqual([
      "The connection dropped. We are bringing you back.",
      "Not connected. Try again in a moment.",
    ]);
    expect(screen.getByRole("alert").textContent).toBe("");
    await vi.waitFor(
      () => expect(screen.getByRole("status").textContent).toBe("Not connected. Try again in a moment."),
      { timeout: 10_000 },
    );
    await user.click(screen.getByRole("button", { name: "Close" }));
    expect(document.querySelectorAll(".lr-banner")).toHaveLength(1);
  });
});

describe("a press in a dialog while the line is down", () => {
  it("is answered in the dialog, which alone is heard then", async () => {
    const { user } = enter("ada");
    await user.click(screen.getByRole("button", { name: "More" }));
    await user.click(screen.getByRole("button", { name: "Who may do what" }));
    const dialog = screen.getByRole("dialog", { name: "Who may do what" });
    await user.click(within(dialog).getByRole("switch", { name: "Lock the room" }));
    const failure = await within(dialog).findByText("Not connected. Try again in a moment.");
    expect(failure.parentElement?.getAttribute("aria-live")).toBe("polite");
  });
});

/** A track that knows its copies, and sounds that are as loud as the test says. */
class Voice {
  readyState = "live";
  enabled = false;
  stopped = false;
  copies: Voice[] = [];
  clone() {
    const copy = new Voice();
    this.copies.push(copy);
    return copy;
  }
  stop() {
    this.stopped = true;
  }
}

describe("listening while muted", () => {
  it("hears a copy of the muted track, sends nothing of it, and stops with the mute", async () => {
    let loud = 0;
    vi.stubGlobal("MediaStream", class {});
    vi.stubGlobal(
      "AudioContext",
      class {
        state = "running";
        createAnalyser = () => ({
          fftSize: 0,
          getFloatTimeDomainData: (samples: Float32Array) => void samples.fill(loud),
        });
        createMediaStreamSource = () => ({ connect: () => undefined });
        close = () => Promise.resolve();
      },
    );
    const { engine } = enter();
    const noticed = vi.spyOn(engine, "noticeTalking");
    const track = new Voice();
    const set = (on: boolean) =>
      act(() =>
        engine.store.setState(({ microphone }) => ({
          microphone: { ...microphone, on, track: track as unknown as MediaStreamTrack },
        })),
      );
    set(true);
    expect(track.copies).toHaveLength(0);
    set(false);
    const [copy] = track.copies;
    expect(copy?.enabled).toBe(true);
    expect(track.enabled).toBe(false);
    loud = 0.2;
    await vi.waitFor(() => expect(noticed).toHaveBeenCalledTimes(1), { timeout: 10_000 });
    set(true);
    expect(copy?.stopped).toBe(true);
    expect(track.stopped).toBe(false);
  });
});
