import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { person } from "../../engine/fakes";
import type { Desk, Person, Rules, Waiting } from "../../engine/protocol";
import { emptyDesk } from "../../engine/state";
import { enter, layOut, tiles } from "../room-for-tests";

// What can share a screen is known once, when the page is loaded.
vi.hoisted(() => {
  Object.defineProperty(navigator, "mediaDevices", {
    configurable: true,
    value: {
      getDisplayMedia: () => Promise.reject(new Error("no")),
      addEventListener() {},
      removeEventListener() {},
    },
  });
});
vi.setConfig({ testTimeout: 60_000 });
beforeEach(() => layOut());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

type Room = ReturnType<typeof enter>;

function lead(as = "ada") {
  const room = enter(as);
  const asked = vi.spyOn(room.engine, "ask").mockResolvedValue({});
  return { ...room, asked };
}
const desk = ({ engine }: Pick<Room, "engine">, change: Partial<Desk>) =>
  act(() => engine.store.setState(({ desk: before }) => ({ desk: { ...before, ...change } })));
const rules = (change: Partial<Rules>) => ({ rules: { ...emptyDesk.rules, ...change } });
const change = ({ engine }: Pick<Room, "engine">, seat: string, to: Partial<Person>) =>
  act(() =>
    engine.store.setState(({ people }) => ({
      people: { ...people, [seat]: { ...(people[seat] ?? person(seat)), ...to } },
    })),
  );
const waits = (seat: string, name: string, guest = false): Waiting => ({
  seat_id: seat,
  user_id: `user of ${seat}`,
  name,
  guest,
  since: new Date().toISOString(),
});
const tileOf = (name: RegExp) => screen.getByRole("button", { name });
const press = (name: string) => screen.getByRole("button", { name });

describe("who waits to come in", () => {
  it("stands at the top of the people for hosts, and each is let in or not", async () => {
    const { engine, user, asked } = lead();
    act(() => engine.store.setState({ waiting: [waits("w1", "Gus Low", true), waits("w2", "Ida Moor")] }));
    const row = screen.getByText("Gus Low").closest("li") as HTMLElement;
    expect(within(row).getByText("Guest")).toBeDefined();
    await user.click(press("Let in Gus Low"));
    expect(asked).toHaveBeenLastCalledWith("admit", { seat_id: "w1" });
    expect(document.activeElement?.textContent).toBe("2 wait to come in");
    await user.click(press("Not now, Ida Moor"));
    expect(asked).toHaveBeenLastCalledWith("turn_away", { seat_id: "w2" });
    await user.click(press("Let everyone in"));
    expect(asked).toHaveBeenLastCalledWith("admit", {});
    expect(document.activeElement).toBe(screen.getByRole("heading", { level: 2, name: "People" }));
  });

  it("is a number at the control and a word when somebody new waits", async () => {
    const { engine } = lead();
    act(() => engine.store.setState({ waiting: [waits("w1", "Gus Low")] }));
    const control = document.querySelector("[data-opens='people'] .lr-unread");
    expect(control?.textContent).toBe("1");
    await vi.waitFor(() => expect(screen.getByText("Waiting to come in: Gus Low.")).toBeDefined(), {
      timeout: 10_000,
    });
  });

  it("hears a word, which stays in its line until it has arrived", async () => {
    const { engine, user, asked } = lead();
    act(() => engine.store.setState({ waiting: [waits("w1", "Gus Low")] }));
    const line = screen.getByLabelText<HTMLInputElement>("Say something to those who wait");
    asked.mockRejectedValueOnce(new Error("lost"));
    await user.type(line, "Five minutes{Enter}");
    expect(line.value).toBe("Five minutes");
    expect(screen.getByText("It did not arrive. Try again in a moment.")).toBeDefined();
    await user.click(press("Send"));
    expect(asked).toHaveBeenLastCalledWith("tell_waiting", { text: "Five minutes" });
    expect(line.value).toBe("");
  });

  it("is not there for participants", async () => {
    const { engine, user } = lead("fay");
    act(() => engine.store.setState({ waiting: [waits("w1", "Gus Low")] }));
    await user.click(press("People"));
    expect(screen.queryByText("Gus Low")).toBeNull();
    expect(screen.queryByText("Mute everyone")).toBeNull();
  });
});

describe("one person, for hosts", () => {
  async function menu(room = lead()) {
    await room.user.click(tileOf(/^Ben Hill,/));
    return { ...room, dialog: screen.getByRole("dialog", { name: "Ben Hill" }) };
  }

  it("is led also by who shares the hosting, without the end of the class", async () => {
    const room = lead("fay");
    expect(screen.queryByText("Mute everyone")).toBeNull();
    act(() =>
      room.engine.store.setState(({ you, people }) => ({
        you: you && { ...you, host: true },
        people: {
          ...people,
          ben: person("ben", { name: "Ben Hill", state: { microphone: true, camera: true, screen: false } }),
        },
      })),
    );
    expect(screen.queryByRole("button", { name: "End for everyone" })).toBeNull();
    const { user, asked, dialog } = await menu(room);
    await user.click(within(dialog).getByRole("button", { name: "Stop video" }));
    expect(asked).toHaveBeenLastCalledWith("mute", { seat_id: "ben", source: "camera" });
  });

  it("is put in the spotlight and taken out of it", async () => {
    const room = await menu();
    await room.user.click(press("Put in the spotlight"));
    expect(room.asked).toHaveBeenLastCalledWith("spotlight", { user_id: "user of ben" });
    desk(room, { spotlight: "user of ben" });
    expect(screen.getByText("In the spotlight")).toBeDefined();
    expect(tiles()[0]?.getAttribute("aria-label")).toMatch(/^Ben Hill.*in the spotlight$/);
    await room.user.click(tiles()[0] as HTMLElement);
    await room.user.click(press("End the spotlight"));
    expect(room.asked).toHaveBeenLastCalledWith("spotlight", { user_id: null });
  });

  it("has every mark on the tile in a place of its own", async () => {
    const room = lead("fay");
    const since = new Date().toISOString();
    desk(room, { spotlight: "user of ben", hands: [{ user_id: "user of ben", name: "Ben", since }] });
    change(room, "ben", { state: { microphone: false, camera: false, screen: false } });
    await room.user.click(tileOf(/^Ben Hill,/));
    await room.user.click(press("Show large"));
    const inLine = (line: string) =>
      [...(document.querySelector(`[data-seat='ben'] ${line}`)?.children ?? [])].map((one) => one.className);
    expect(inLine(".lr-tile-head")).toEqual(["lr-tile-note", "lr-spot", "lr-hand-plate"]);
    expect(inLine(".lr-tile-foot")).toEqual(["lr-plate", "lr-tile-pin"]);
  });

  it("may have what the rules keep from others; the four are said as a whole", async () => {
    const room = lead();
    desk(room, {
      ...rules({ speak: false, share: false }),
      allowed: [{ user_id: "user of ben", speak: false, show: false, share: true, draw: false }],
    });
    const { user, asked, dialog } = await menu(room);
    expect(within(dialog).queryByRole("button", { name: "Allow the camera" })).toBeNull();
    expect(within(dialog).getByRole("button", { name: "No longer allow to share" })).toBeDefined();
    await user.click(within(dialog).getByRole("button", { name: "Allow to speak" }));
    expect(asked).toHaveBeenLastCalledWith("allow", {
      user_id: "user of ben",
      speak: true,
      show: false,
      share: true,
      draw: false,
    });
  });

  it("is sent out at once, and taken out for good only after a word", async () => {
    const { user, asked } = await menu();
    await user.click(press("Send out"));
    expect(asked).toHaveBeenLastCalledWith("remove", { seat_id: "ben", may_return: true });
    await user.click(tileOf(/^Ben Hill,/));
    await user.click(press("Take out for good"));
    const dialog = screen.getByRole("dialog", { name: "Take Ben Hill out of this session?" });
    expect(dialog.textContent).toContain("cannot come back");
    expect(asked).toHaveBeenCalledTimes(1);
    await user.click(within(dialog).getByRole("button", { name: "Take Ben Hill out" }));
    expect(asked).toHaveBeenLastCalledWith("remove", { seat_id: "ben", may_return: false });
  });

  it("is given the hosting and loses it again, but not staff", async () => {
    const room = await menu();
    await room.user.click(press("Share hosting"));
    expect(room.asked).toHaveBeenLastCalledWith("set_host", { user_id: "user of ben", host: true });
    change(room, "ben", { host: true });
    expect(screen.getByText("Host", { selector: ".lr-person-name span" })).toBeDefined();
    const hosts = screen.getByRole("heading", { name: "Hosts" }).parentElement as HTMLElement;
    const listed = within(hosts).getAllByRole("button");
    expect(listed.map((row) => row.querySelector(".lr-person-name")?.textContent)).toEqual([
      "Ben HillHost",
      "Ada HillYou, Instructor",
    ]);
    expect(document.querySelector("[data-seat='ben'] .lr-plate")?.textContent).toBe("Ben, host");
    await room.user.click(tileOf(/^Ben Hill, host, /));
    expect(press("Take hosting back")).toBeDefined();
    cleanup();
    const other = lead("fay");
    act(() => other.engine.store.setState(({ you }) => ({ you: you && { ...you, host: true } })));
    await other.user.click(tileOf(/^Ada Hill,/));
    expect(screen.queryByRole("button", { name: "Share hosting" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Send out" })).toBeNull();
  });

  it("is one of all who are muted at once", async () => {
    const { user, asked } = lead();
    await user.click(press("Mute everyone"));
    expect(asked).toHaveBeenLastCalledWith("mute_all", { source: "microphone" });
  });

  it("is one of all whose microphones are shut, and who may speak again", async () => {
    const room = lead();
    expect(screen.getByText("Everyone may speak.")).toBeDefined();
    await room.user.click(press("Shut all microphones"));
    expect(room.asked).toHaveBeenLastCalledWith(
      "set_rules",
      expect.objectContaining({ speak: false, show: null }),
    );
    desk(room, rules({ speak: false }));
    expect(screen.getByText(/^Microphones are shut\./)).toBeDefined();
    expect(document.activeElement).toBe(press("Let everyone speak"));
    await room.user.click(press("Let everyone speak"));
    expect(room.asked).toHaveBeenLastCalledWith("set_rules", expect.objectContaining({ speak: true }));
  });
});

describe("who may do what", () => {
  it("is changed under More, each at once", async () => {
    const room = lead();
    const { user, asked } = room;
    await user.click(press("More"));
    await user.click(press("Who may do what"));
    const same = {
      speak: null,
      show: null,
      share: null,
      draw: null,
      chat: null,
      locked: null,
      waiting_room: null,
    };
    const speak = () => screen.getByRole<HTMLInputElement>("switch", { name: "Switch their microphones on" });
    expect(speak().checked).toBe(true);
    await user.click(speak());
    expect(asked).toHaveBeenLastCalledWith("set_rules", { ...same, speak: false });
    desk(room, rules({ speak: false }));
    expect(speak().checked).toBe(false);
    await user.selectOptions(screen.getByLabelText("Write in the chat"), "To hosts only");
    expect(asked).toHaveBeenLastCalledWith("set_rules", { ...same, chat: "hosts" });
    await user.click(screen.getByRole("switch", { name: "Lock the room" }));
    expect(asked).toHaveBeenLastCalledWith("set_rules", { ...same, locked: true });
  });

  it("is said at the control that a rule keeps shut, and pressing it explains", async () => {
    const room = lead("fay");
    desk(room, rules({ speak: false, show: false }));
    const shut = press("Unmute Not now");
    expect(shut.getAttribute("aria-disabled")).toBe("true");
    await room.user.click(shut);
    const why = "The hosts have switched microphones off for now. Raise your hand to speak.";
    expect(screen.getByText(why, { selector: ".lr-banner p" })).toBeDefined();
    expect(room.engine.store.getState().microphone.on).toBe(false);
    await room.user.click(press("Start video Not now"));
    expect(room.engine.store.getState().camera.on).toBe(false);
    desk(room, {
      allowed: [{ user_id: "user of fay", speak: true, show: false, share: false, draw: false }],
    });
    expect(document.querySelector(".lr-bar .lr-control")?.textContent).toBe("Unmute");
    expect(press("Start video Not now")).toBeDefined();
  });

  it("does not bind who leads", () => {
    const room = lead();
    desk(room, rules({ speak: false, show: false, share: false }));
    expect(press("Unmute").hasAttribute("aria-disabled")).toBe(false);
  });
});

describe("the banner", () => {
  it("keeps a word of a host until it is closed, also behind what passes", async () => {
    const { engine, user } = lead("fay");
    const say = (note: ReturnType<typeof engine.store.getState>["note"]) =>
      act(() => engine.store.setState({ note }));
    say({ kind: "word", text: "Back in five minutes.", from: "Ada", count: 1 });
    const word = () => screen.queryByText("Ada: Back in five minutes.", { selector: ".lr-banner p" });
    expect(word()).not.toBeNull();
    say({ kind: "muted", source: "microphone", by: "Ada", count: 2 });
    expect(word()).toBeNull();
    await user.click(press("Close"));
    expect(word()).not.toBeNull();
    await user.click(press("Close"));
    expect(word()).toBeNull();
  });

  it("asks who shares whether to make way, with an answer on each of two buttons", async () => {
    const { engine, user, asked } = lead("fay");
    const stop = vi.spyOn(engine.media, "stopScreen");
    const ask = (count: number) =>
      act(() =>
        engine.store.setState(({ screen: own }) => ({
          screen: { ...own, on: true },
          note: { kind: "share_asked", seat: "ben", name: "Ben", count },
        })),
      );
    const strip = () =>
      screen
        .queryByText("Ben asks to share a screen instead of you.", { selector: ".lr-banner p" })
        ?.closest<HTMLElement>(".lr-banner");
    ask(1);
    const words = within(strip() as HTMLElement).getAllByRole("button");
    expect(words.map((button) => button.textContent)).toEqual(["Let them share", "Keep sharing"]);
    await user.click(press("Keep sharing"));
    expect(strip()).toBeUndefined();
    expect(stop).not.toHaveBeenCalled();
    expect(asked).toHaveBeenLastCalledWith("keep_share", { seat_id: "ben" });
    act(() => engine.store.setState({ note: { kind: "share_kept", name: "Ben", count: 2 } }));
    expect(screen.getByText("Ben goes on sharing for now.", { selector: ".lr-banner p" })).toBeDefined();
    ask(3);
    await user.click(press("Let them share"));
    expect(stop).toHaveBeenCalledOnce();
    expect(strip()).toBeUndefined();
  });
});

describe("who shares a screen", () => {
  const state = { microphone: true, camera: true, screen: true };

  it("is asked by anybody to make way, once", async () => {
    const room = lead("fay");
    change(room, "ben", { state });
    await room.user.click(tileOf(/^Ben Hill,/));
    await room.user.click(press("Ask to share instead"));
    expect(room.asked).toHaveBeenLastCalledWith("ask_share", { seat_id: "ben" });
    expect(screen.getByText("You have asked. They decide.")).toBeDefined();
    await room.user.click(press("Ask to share instead"));
    expect(room.asked).toHaveBeenCalledTimes(1);
  });

  it("is not asked by whom the rules do not let share", async () => {
    const room = lead("fay");
    desk(room, rules({ share: false }));
    change(room, "ben", { state });
    expect(press("Share Not now").getAttribute("aria-disabled")).toBe("true");
    await room.user.click(tileOf(/^Ben Hill,/));
    expect(screen.queryByRole("button", { name: "Ask to share instead" })).toBeNull();
  });

  it("is stopped by a host", async () => {
    const room = lead();
    change(room, "ben", { state });
    await room.user.click(tileOf(/^Ben Hill,/));
    await room.user.click(press("Stop sharing"));
    expect(room.asked).toHaveBeenLastCalledWith("mute", { seat_id: "ben", source: "screen" });
  });
});

describe("the stage", () => {
  it("has only those who are in the same breakout room", () => {
    const room = lead("fay");
    change(room, "ben", { breakout_id: "b1" });
    expect(tiles()).toHaveLength(5);
    expect(screen.queryByRole("button", { name: /^Ben Hill,/ })).toBeNull();
  });
});
