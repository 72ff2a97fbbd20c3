import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { emptyDesk } from "../../engine/state";
import { enter, layOut } from "../room-for-tests";
import { clockText } from "./timer";

vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => layOut());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const asked = (engine: ReturnType<typeof enter>["engine"]) =>
  vi.spyOn(engine, "ask").mockImplementation(() => Promise.resolve({}));

it("raises the hand and says the queue to everybody, in order", async () => {
  const { engine, user } = enter("fay");
  const ask = asked(engine);
  await user.click(screen.getByRole("button", { name: "Raise hand" }));
  expect(ask).toHaveBeenCalledWith("raise_hand", { up: true });
  const since = "2026-11-24T10:36:00Z";
  const you = engine.store.getState().you?.user_id ?? "";
  const hands = [
    { user_id: "somebody", name: "Cem Aydin", since },
    { user_id: you, name: "Bob", since },
  ];
  act(() => engine.store.setState({ desk: { ...emptyDesk, hands } }));
  expect(screen.getByRole("button", { name: "Lower hand" })).toBeDefined();
  await user.click(screen.getByRole("button", { name: /^People/ }));
  const card = screen.getByRole("region", { name: "Hands" });
  expect(within(card).getByText("2 hands are up")).toBeDefined();
  expect(within(card).queryByRole("button", { name: /Lower/ })).toBeNull();
});

it("says the place of a hand on the tile and in the row of its person, and for how long it is up", async () => {
  const { engine, user } = enter("fay");
  const up = (seat: string, minutes: number) => ({
    user_id: engine.store.getState().people[seat]?.user_id ?? "",
    name: seat,
    since: new Date(Date.now() - minutes * 60_000).toISOString(),
  });
  const hands = [up("ben", 2.5), up("cem", 1.5), up("dai", 0), up("eva", 0)];
  act(() => engine.store.setState({ desk: { ...emptyDesk, hands } }));
  const plate = (seat: string) =>
    document.querySelector(`[data-seat='${seat}'] .lr-hand-plate`)?.textContent ?? null;
  expect(["ada", "ben", "cem", "dai", "eva"].map(plate)).toEqual([null, "1st", "2nd", "3rd", "4th"]);
  expect(screen.getByRole("button", { name: /^Ben Hill, hand is up, 1st, / })).toBeDefined();
  await user.click(screen.getByRole("button", { name: /^People/ }));
  const panel = within(screen.getByRole("complementary"));
  expect(panel.getByRole("button", { name: /Ben Hill.*1st/ }).textContent).toContain("hand is up, 1st, ");
  const card = screen.getByRole("region", { name: "Hands" });
  const times = within(card).getAllByRole("time");
  expect(times.map((time) => time.textContent)).toEqual(["2 min", "1 min", "just now", "just now"]);
});

it("works by the key, unless somebody types", async () => {
  const { engine, user } = enter("fay");
  const ask = asked(engine);
  await user.keyboard("h");
  expect(ask).toHaveBeenCalledWith("raise_hand", { up: true });
});

it("shows a sign still on the tile of who shows it", async () => {
  const { engine, user } = enter("fay");
  const ask = asked(engine);
  await user.click(screen.getByRole("button", { name: "React" }));
  await user.click(screen.getByRole("button", { name: "Clap" }));
  expect(ask).toHaveBeenCalledWith("react", { sign: "clap" });
  const seat = Object.keys(engine.store.getState().people)[0] ?? "";
  act(() => engine.store.setState({ signs: [{ seat_id: seat, sign: "clap", key: 1 }] }));
  expect(screen.getByText("Clap")).toBeDefined();
});

it("shows the timer to everybody, and lets hosts set it", async () => {
  const { engine, user } = enter("ada");
  const ask = asked(engine);
  await user.click(screen.getByRole("button", { name: "More" }));
  await user.click(screen.getByRole("button", { name: "Timer for everyone" }));
  await user.click(screen.getByRole("button", { name: "2 min" }));
  expect(ask).toHaveBeenCalledWith("set_timer", { seconds: 120, label: "" });
  const timer = { ends_at: new Date(Date.now() + 125_000).toISOString(), seconds: 125, label: "Breathe" };
  act(() => engine.store.setState({ desk: { ...emptyDesk, timer } }));
  await vi.waitFor(() =>
    expect(screen.getByRole("timer", { name: "Breathe" }).textContent).toMatch(/2:0[0-5]/),
  );
});

it("writes seconds as a clock does", () => {
  expect([0, 59, 60, 245, 3661].map(clockText)).toEqual(["0:00", "0:59", "1:00", "4:05", "1:01:01"]);
});

it("tells who is in a breakout room where they are, and calls for help", async () => {
  const { engine, user } = enter("fay");
  const ask = asked(engine);
  const room = { id: "r1", name: "Garden", people: [], help_since: null };
  act(() => {
    const { you } = engine.store.getState();
    engine.store.setState({
      you: you && { ...you, breakout_id: "r1" },
      desk: { ...emptyDesk, breakouts: { open: true, choice: false, ends_at: null, rooms: [room] } },
    });
  });
  const strip = screen.getByRole("region", { name: "Breakout room" });
  expect(within(strip).getByText(/You are in breakout room Garden/)).toBeDefined();
  await user.click(within(strip).getByRole("button", { name: "Call for help" }));
  expect(ask).toHaveBeenCalledWith("call_help", { help: true });
});

it("lets hosts plan breakout rooms and bring everybody back", async () => {
  const { engine, user } = enter("ada");
  const ask = asked(engine);
  await user.click(screen.getByRole("button", { name: "More" }));
  await user.click(screen.getByRole("button", { name: "Breakout rooms" }));
  await user.click(screen.getByRole("button", { name: "Plan the rooms" }));
  expect(ask).toHaveBeenCalledWith("plan_breakouts", { count: 2, how: "random" });
  const room = { id: "r1", name: "Garden", people: ["bob"], help_since: null };
  act(() => {
    const breakouts = { open: true, choice: false, ends_at: null, rooms: [room] };
    engine.store.setState({ desk: { ...emptyDesk, breakouts } });
  });
  await user.click(screen.getByRole("button", { name: "Bring everyone back now" }));
  expect(ask).toHaveBeenCalledWith("close_breakouts", { in_seconds: 0 });
});
