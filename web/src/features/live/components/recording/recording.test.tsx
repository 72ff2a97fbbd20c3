import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Me } from "../../../../contract/types";
import { useAccount } from "../../../../lib/account";
import { Refused } from "../../../../lib/api";
import { serve } from "../../../../lib/test-page";
import { refusal } from "../../engine/fakes";
import type { Consent, Person } from "../../engine/protocol";
import { playChime } from "../../engine/sounds";
import { enter, layOut, tiles } from "../room-for-tests";

vi.mock("../../engine/sounds", () => ({ playChime: vi.fn(), playTestSound: vi.fn() }));
vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => layOut());
afterEach(() => {
  cleanup();
  useAccount.setState({ me: undefined });
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.mocked(playChime).mockReset();
});

type Room = ReturnType<typeof enter>;

const AT = "2026-11-03T10:36:00Z";
const yes: Consent = { yes: true, at: AT };
const no: Consent = { yes: false, at: AT };
const QUESTION = "May you be seen and heard in the recording?";

const record = ({ engine }: Pick<Room, "engine">, on = true) =>
  act(() =>
    engine.store.setState(({ desk }) => ({
      desk: { ...desk, recording: on ? { id: "r1", since: AT } : null },
    })),
  );
const answered = ({ engine }: Pick<Room, "engine">, consent: Consent | null) =>
  act(() => engine.store.setState(({ you }) => ({ you: you && { ...you, consent } })));
const change = ({ engine }: Pick<Room, "engine">, seat: string, to: Partial<Person>) =>
  act(() =>
    engine.store.setState(({ people }) => {
      const person = people[seat];
      return person ? { people: { ...people, [seat]: { ...person, ...to } } } : {};
    }),
  );
const endsByItself = ({ engine }: Pick<Room, "engine">, because: "full" | "failed") =>
  act(() => engine.store.setState({ note: { kind: "recording_ended", because, count: 1 } }));
const press = (name: string | RegExp) => screen.getByRole("button", { name });
const mark = () => screen.queryByRole("button", { name: /^Recording, / });
const loud = () => screen.getByRole("alert").textContent;
const strip = () => document.querySelector(".lr-banner p")?.textContent ?? null;
const panel = () => screen.queryByRole("region", { name: QUESTION });

function come(as: string, consent: Consent | null = null) {
  const room = enter(as);
  const ask = vi
    .spyOn(room.engine, "ask")
    .mockImplementation((event, said) =>
      Promise.resolve((event === "consent" ? { ...said, at: AT } : {}) as never),
    );
  answered(room, consent);
  return { ...room, ask };
}

/** As somebody with an account, in a program that keeps its recordings for so many days. */
function withAccount(kept_days: number) {
  useAccount.setState({ me: { time_zone: "Europe/London" } as Me });
  return serve(() => ({ kept_days, answer: null }));
}

describe("the word in the header", () => {
  it("is there as long as the class is recorded, also in the calm view, and in no other time", async () => {
    const room = come("fay", yes);
    expect(mark()).toBeNull();
    record(room);
    expect(mark()?.textContent).toBe("Recording");
    expect(screen.getByRole("banner").contains(mark())).toBe(true);
    await room.user.click(press("Calm"));
    expect(screen.getByRole("banner").contains(mark())).toBe(true);
    record(room, false);
    expect(mark()).toBeNull();
  });

  it("says both halves to who said yes, for how long it is kept, and takes another answer", async () => {
    const asked = withAccount(30);
    const room = come("fay", yes);
    record(room);
    await room.user.click(press("Recording, you are in it"));
    const dialog = screen.getByRole("dialog", { name: "This session is being recorded." });
    expect(dialog.textContent).toContain("You said yes on 3 November. You can be seen and heard in it");
    expect(await within(dialog).findByText("It is kept for 30 days, then deleted.")).toBeDefined();
    expect(asked.map(({ path }) => path)).toEqual(["/sessions/s/recording_consent"]);
    await room.user.click(within(dialog).getByRole("button", { name: "Change my answer" }));
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe(QUESTION));
    await room.user.click(within(dialog).getByRole("button", { name: "No, leave me out" }));
    expect(room.ask).toHaveBeenLastCalledWith("consent", { yes: false });
    expect(screen.queryByRole("dialog")).toBeNull();
    await vi.waitFor(() => expect(document.activeElement).toBe(press("Recording, you are not in it")));
    expect(strip()).toBe("You are not in the recording any more.");
  });

  it("says both halves to who said no and to who has not answered; a guest is not told days", async () => {
    const asked = serve(() => ({ kept_days: 30, answer: null }));
    const room = come("fay", no);
    record(room);
    await room.user.click(press("Recording, you are not in it"));
    const dialog = screen.getByRole("dialog", { name: "This session is being recorded." });
    const left = "You are not in the recording: neither seen nor heard.";
    expect(dialog.textContent).toContain(`You said no on 3 November. ${left}`);
    answered(room, null);
    expect(dialog.textContent).toContain(`You have not answered yet. ${left}`);
    expect(within(dialog).getByRole("button", { name: "Yes, record me" })).toBeDefined();
    expect(dialog.textContent).not.toContain("kept for");
    expect(asked).toEqual([]);
  });

  it("keeps the answer of before when another does not arrive, and says so", async () => {
    const room = come("fay", no);
    record(room);
    await room.user.click(press("Recording, you are not in it"));
    await room.user.click(press("Change my answer"));
    room.ask.mockRejectedValueOnce(new Error("lost"));
    await room.user.click(press("Yes, record me"));
    expect(screen.getByText(/^The connection dropped before this was sent/)).toBeDefined();
    expect(room.engine.store.getState().you?.consent).toEqual(no);
    await room.user.click(press("Yes, record me"));
    expect(press("Recording, you are in it")).toBeDefined();
  });

  it("gives the focus to the stage when it goes", async () => {
    const room = come("ada", yes);
    record(room);
    await room.user.click(press("Recording, you are in it"));
    await room.user.click(press("Stop recording"));
    expect(room.ask).toHaveBeenLastCalledWith("record", { on: false });
    record(room, false);
    await vi.waitFor(() => expect(document.activeElement?.id).toBe("main"));
  });

  it("says in a breakout room that nothing of it is recorded", async () => {
    const room = come("fay", yes);
    record(room);
    act(() => room.engine.store.setState(({ you }) => ({ you: you && { ...you, breakout_id: "b1" } })));
    await room.user.click(press("Recording, you are not in it"));
    expect(screen.getByText("You are in a breakout room. What happens there is not recorded.")).toBeDefined();
  });
});

describe("the word on a phone", () => {
  it("stands with the time that is left, and is the same button", async () => {
    layOut(390, 844);
    const room = come("fay", yes);
    record(room);
    expect(mark()?.parentElement?.parentElement?.textContent).toBe("Recording34 min left");
    await room.user.click(press("Recording, you are in it"));
    expect(screen.getByRole("dialog", { name: "This session is being recorded." })).toBeDefined();
  });
});

describe("a recording that begins and ends", () => {
  it("is said at once, shown and heard, with the half of who listens", () => {
    const room = come("fay", yes);
    const before = document.activeElement;
    record(room);
    expect(loud()).toBe("Recording has started. You are in it.");
    expect(strip()).toBe("Recording has started. You are in it.");
    expect(playChime).toHaveBeenLastCalledWith("begins", null);
    record(room, false);
    expect(loud()).toBe("Recording has stopped.");
    expect(strip()).toBe("Recording has stopped.");
    expect(playChime).toHaveBeenLastCalledWith("over", null);
    expect(playChime).toHaveBeenCalledTimes(2);
    expect(document.activeElement).toBe(before);
  });

  it("is said without a sound to who comes when it runs already", () => {
    const room = come("fay", no);
    record(room);
    const { engine } = room;
    const { desk, you } = engine.store.getState();
    cleanup();
    vi.mocked(playChime).mockReset();
    enter("fay", { desk, you });
    expect(loud()).toBe("This session is being recorded. You are not in it.");
    expect(strip()).toBeNull();
    expect(playChime).not.toHaveBeenCalled();
  });

  it("tells hosts why it ended by itself, until they close it, and that the class goes on", async () => {
    const room = come("ada", yes);
    record(room);
    endsByItself(room, "full");
    record(room, false);
    const why =
      "The recording has stopped: the server’s disk is full. The class goes on. What was recorded until now is kept.";
    expect(loud()).toBe(why);
    expect(strip()).toBe(why);
    expect(playChime).toHaveBeenCalledTimes(2);
    act(() => room.engine.store.setState({ note: { kind: "muted", source: "camera", by: "Ada", count: 2 } }));
    expect(strip()).toBe(why);
    await room.user.click(press("Close"));
    expect(strip()).not.toBe(why);
    record(room);
    endsByItself(room, "failed");
    expect(loud()).toMatch(/^The recording has stopped: the server’s disk failed\. The class goes on\./);
  });
});

describe("who has not answered", () => {
  it("is asked beside the class without losing the focus, and asked no more after an answer", async () => {
    withAccount(1);
    const room = come("fay");
    const before = document.activeElement;
    expect(panel()).toBeNull();
    record(room);
    expect(loud()).toBe("Recording has started. You are not in it unless you say yes.");
    expect(document.activeElement).toBe(before);
    const region = within(panel() as HTMLElement);
    expect(region.getAllByRole("button").map((one) => one.textContent)).toEqual([
      "Yes, record me",
      "No, leave me out",
    ]);
    expect(await region.findByText(/It is kept for 1 day, then deleted\./)).toBeDefined();
    await room.user.click(region.getByRole("button", { name: "Yes, record me" }));
    expect(room.ask).toHaveBeenLastCalledWith("consent", { yes: true });
    expect(panel()).toBeNull();
    await vi.waitFor(() => expect(document.activeElement).toBe(press("Recording, you are in it")));
  });

  it("is asked in the same way when the recording ran already, and by a no left out", async () => {
    const room = come("fay");
    record(room);
    const { desk } = room.engine.store.getState();
    cleanup();
    const late = enter("fay", { desk });
    const ask = vi.spyOn(late.engine, "ask").mockResolvedValue(no);
    await late.user.click(press("No, leave me out"));
    expect(ask).toHaveBeenLastCalledWith("consent", { yes: false });
    expect(panel()).toBeNull();
    expect(press("Recording, you are not in it")).toBeDefined();
  });

  it("is not asked any more when the recording stops", () => {
    const room = come("fay");
    record(room);
    record(room, false);
    expect(panel()).toBeNull();
    expect(strip()).toBe("Recording has stopped.");
  });
});

describe("a person of whom nothing is recorded", () => {
  it("has a mark on the tile, and the word in the name of the tile and in the row", async () => {
    const room = come("fay", no);
    change(room, "ben", { recordable: false });
    change(room, "fay", { recordable: false });
    const marked = () =>
      [...document.querySelectorAll(".rc-left-out")].map((one) =>
        one.closest("li")?.getAttribute("data-seat"),
      );
    expect(marked()).toEqual([]);
    record(room);
    expect(marked().sort()).toEqual(["ben", "fay"]);
    expect(document.querySelector(".rc-left-out")?.textContent).toBe("Not recorded");
    const names = tiles().map((tile) => tile.getAttribute("aria-label") ?? "");
    expect(names.filter((name) => name.endsWith(", not recorded")).map((name) => name.split(",")[0])).toEqual(
      ["Ben Hill", "Fay Hill (you)"],
    );
    await room.user.click(press("People"));
    const rows = within(screen.getByRole("complementary"));
    expect(rows.getByRole("button", { name: /^Ben Hill/ }).textContent).toContain("Not recorded");
    expect(rows.getByRole("button", { name: /^Cem Hill/ }).textContent).not.toContain("Not recorded");
    record(room, false);
    expect(marked()).toEqual([]);
  });
});

describe("Record, for hosts", () => {
  async function open(room: ReturnType<typeof come>) {
    await room.user.click(press("More"));
    await room.user.click(press("Record"));
    return screen.getByRole("dialog", { name: "Record this session?" });
  }

  it("says what it means before it is done, and under More it stops again", async () => {
    withAccount(14);
    const room = come("ada");
    const dialog = await open(room);
    await within(dialog).findByText("It is kept for 14 days, then deleted.");
    expect(dialog.textContent).toContain(
      "Who said no, or has not answered, is left out: neither seen nor heard.",
    );
    expect(dialog.textContent).toContain("You will be in it yourself");
    expect(room.ask).not.toHaveBeenCalled();
    await room.user.click(within(dialog).getByRole("button", { name: "Record" }));
    expect(room.ask).toHaveBeenLastCalledWith("record", { on: true });
    expect(screen.queryByRole("dialog")).toBeNull();
    answered(room, yes);
    record(room);
    await room.user.click(press("More"));
    expect(screen.queryByRole("button", { name: "Record" })).toBeNull();
    await room.user.click(press("Stop recording"));
    expect(room.ask).toHaveBeenLastCalledWith("record", { on: false });
  });

  it("shows the server’s sentence when it cannot be", async () => {
    const room = come("ada");
    const dialog = await open(room);
    const problem = {
      ...refusal("unavailable", 503),
      type: "unavailable",
      detail: "There is too little space left on the disk.",
    };
    room.ask.mockRejectedValueOnce(new Refused(problem));
    await room.user.click(within(dialog).getByRole("button", { name: "Record" }));
    expect(within(dialog).getByRole("alert").textContent).toBe(problem.detail);
  });

  it("is not offered where the program keeps no recordings, and to nobody else", async () => {
    withAccount(0);
    const dialog = await open(come("ada"));
    expect(await within(dialog).findByText(/^This program keeps no recordings\./)).toBeDefined();
    expect(within(dialog).queryByRole("button", { name: "Record" })).toBeNull();
    cleanup();
    const { user } = come("fay");
    await user.click(press("More"));
    expect(screen.queryByRole("button", { name: "Record" })).toBeNull();
  });
});
