import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Breakouts } from "../../engine/protocol";
import { emptyDesk } from "../../engine/state";
import { enter, layOut } from "../room-for-tests";

vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => layOut());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

type Page = ReturnType<typeof enter>;
const room = (id: string, change: Partial<Breakouts["rooms"][number]> = {}) => ({
  id,
  name: id.slice(1),
  people: [] as string[],
  help_since: null,
  ...change,
});
const split = ({ engine }: Page, change: Partial<Breakouts> = {}, here: string | null = null) =>
  act(() =>
    engine.store.setState(({ you }) => ({
      you: you && { ...you, breakout_id: here },
      desk: {
        ...emptyDesk,
        breakouts: { open: true, choice: false, ends_at: null, rooms: [room("r1"), room("r2")], ...change },
      },
    })),
  );
const asks = ({ engine }: Page) => vi.spyOn(engine, "ask").mockImplementation(() => Promise.resolve({}));
const strip = () => screen.getByRole("region", { name: "Breakout room" });

it("names the room in the header and on the strip, with the word to the server's number", () => {
  const page = enter("fay");
  split(page, {}, "r1");
  expect(within(screen.getByRole("banner")).getByText("Room 1")).toBeDefined();
  expect(within(strip()).getByText(/You are in breakout room 1\./)).toBeDefined();
  split(page, { rooms: [room("r1", { name: "Garden" })] }, "r1");
  expect(within(screen.getByRole("banner")).getByText("Garden")).toBeDefined();
});

it("stands above what passes: neither lies over the other", () => {
  const page = enter("fay");
  split(page, {}, "r1");
  act(() => page.engine.noticeTalking());
  const passing = document.querySelector(".lr-banner");
  expect(passing).not.toBeNull();
  expect(strip().nextElementSibling).toBe(passing?.parentElement);
});

it("offers no other room where the hosts choose", () => {
  const page = enter("fay");
  split(page, {}, "r1");
  expect(within(strip()).queryByRole("button", { name: "Choose a room" })).toBeNull();
  expect(within(strip()).queryByRole("button", { name: "Back to the main room" })).toBeNull();
});

it("lets each choose where they may: the list says who is there, and only a press goes", async () => {
  const page = enter("fay");
  const ask = asks(page);
  const { people } = page.engine.store.getState();
  const ben = people.ben?.user_id ?? "";
  split(page, { choice: true, rooms: [room("r1", { people: [ben] }), room("r2")] });
  await page.user.click(within(strip()).getByRole("button", { name: "Choose a room" }));
  const list = screen.getByRole("dialog", { name: "Choose a room" });
  expect(within(list).getByText("Ben Hill")).toBeDefined();
  await page.user.click(within(list).getByRole("button", { name: "Go into Room 2" }));
  expect(ask).toHaveBeenCalledWith("move_to", { breakout_id: "r2" });
  expect(screen.queryByRole("dialog")).toBeNull();
  split(page, { choice: true }, "r2");
  await page.user.click(within(strip()).getByRole("button", { name: "Back to the main room" }));
  expect(ask).toHaveBeenLastCalledWith("move_to", { breakout_id: null });
  split(page, { choice: true });
  expect(document.activeElement?.textContent).toContain("You are in the main room.");
});

it("tells hosts in the list of people who is where, while the class is split", () => {
  const lines = () =>
    [...document.querySelectorAll("aside .lr-person")].map((row) => [
      row.getAttribute("data-seat"),
      row.querySelector(".lr-person-name span")?.textContent,
    ]);
  const page = enter("ada");
  const move = () =>
    act(() =>
      page.engine.store.setState(({ people: { ben, cem, ...rest } }) => ({
        people: {
          ...rest,
          ...(ben && { ben: { ...ben, breakout_id: "r2" } }),
          ...(cem && { cem: { ...cem, breakout_id: "r1" } }),
        },
      })),
    );
  move();
  split(page, { rooms: [room("r1", { name: "Garden" }), room("r2")] });
  expect(Object.fromEntries(lines())).toMatchObject({ ben: "Room 2", cem: "Garden", eva: "Main room" });
  split(page, { open: false });
  expect(Object.fromEntries(lines())).toMatchObject({ eva: undefined });
});

it("tells hosts who calls for help, and takes them there with one press", async () => {
  const page = enter("ada");
  const ask = asks(page);
  split(page);
  split(page, { rooms: [room("r1"), room("r2", { help_since: "2026-11-24T10:36:00Z" })] });
  await vi.waitFor(() => expect(screen.getByRole("status").textContent).toContain("Room 2 asks for help."), {
    timeout: 10_000,
  });
  await page.user.click(within(strip()).getByRole("button", { name: "Room 2 asks for help: go there" }));
  expect(ask).toHaveBeenCalledWith("move_to", { breakout_id: "r2" });
  split(page, {}, "r2");
  expect(document.activeElement?.textContent).toContain("You are in breakout room 2.");
});

it("says when a minute is left, once", async () => {
  const page = enter("fay");
  split(page, { ends_at: new Date(Date.now() + 59_000).toISOString() }, "r1");
  await vi.waitFor(
    () => expect(screen.getByRole("status").textContent).toBe("One minute left in the breakout rooms."),
    { timeout: 10_000 },
  );
});

it("keeps the focus on a person who was moved, and at the room one went into", async () => {
  const page = enter("ada");
  const ask = asks(page);
  const ben = page.engine.store.getState().people.ben?.user_id ?? "";
  split(page, { rooms: [room("r1", { people: [ben] }), room("r2")] });
  await page.user.click(screen.getByRole("button", { name: "More" }));
  await page.user.click(screen.getByRole("button", { name: "Breakout rooms" }));
  const dialog = screen.getByRole("dialog", { name: "Breakout rooms" });
  await page.user.selectOptions(within(dialog).getByRole("combobox", { name: "Room of Ben Hill" }), "Room 2");
  expect(ask).toHaveBeenCalledWith("move_to", { user_id: ben, breakout_id: "r2" });
  split(page, { rooms: [room("r1"), room("r2", { people: [ben] })] });
  expect(document.activeElement).toBe(within(dialog).getByRole("combobox", { name: "Room of Ben Hill" }));
  await page.user.click(within(dialog).getByRole("button", { name: "Go into Room 1" }));
  split(page, { rooms: [room("r1"), room("r2", { people: [ben] })] }, "r1");
  expect(document.activeElement?.textContent).toBe("You are here");
});
