// My day, as a participant sees it.
import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Day, Me } from "../../contract/types";
import { useAccount } from "../../lib/account";
import { noteServerTime } from "../../lib/clock";
import { refused, serve, showPage } from "../../lib/test-page";
import { MyDayPage } from "./my-day-page";
import { at, DAY, sampleDay, sampleItem } from "./sample-day";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(at("10:41")) });
  useAccount.setState({
    me: { id: "rosa", name: "Rosa Delgado", role: "participant", time_zone: "UTC" } as Me,
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const show = (day: Day, tomorrow: Day = sampleDay()) => {
  serve(({ path }) => (path.endsWith(DAY) ? day : tomorrow));
  showPage(<MyDayPage />);
};
const itemOf = async (title: string) => (await screen.findByRole("heading", { name: title })).closest("li")!;

test("what is on now has one Join that leads into its room", async () => {
  show(
    sampleDay(
      sampleItem("Good morning circle", "09:30", "10:15", { state: "over", my_seconds: 45 * 60 }),
      sampleItem("Gentle movement", "10:30", "11:15", {
        state: "live",
        in_room: 11,
        in_room_names: ["Ada", "Tom"],
      }),
      sampleItem("Tea and talk", "11:30", "12:00"),
    ),
  );
  const now = within(await itemOf("Gentle movement"));
  expect(now.getByText("34 minutes left")).toBeDefined();
  expect(now.getByText("11 people are in the room")).toBeDefined();
  expect(now.getByRole("link", { name: "Join now" }).getAttribute("href")).toBe(
    "/sessions/Gentle%20movement/room",
  );
  expect(screen.getAllByRole("link", { name: /^Join/ })).toHaveLength(1);
  expect(
    within(await itemOf("Good morning circle")).getByText("You were there for 45 minutes"),
  ).toBeDefined();
  expect(within(await itemOf("Tea and talk")).getByText("In 49 min")).toBeDefined();
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Good morning, Rosa");
});

test("a session whose door is open says when it starts", async () => {
  show(sampleDay(sampleItem("Gentle movement", "10:47", "11:15", { can_join_at: at("10:37") })));
  const now = within(await itemOf("Gentle movement"));
  expect(now.getByText("Starts in 6 minutes")).toBeDefined();
  expect(now.getByRole("link", { name: "Join now" })).toBeDefined();
});

test("the camera and the sound can be looked at before going in", async () => {
  show(sampleDay(sampleItem("Gentle movement", "10:30", "11:15", { state: "live" })));
  const now = within(await itemOf("Gentle movement"));
  expect(now.getByRole("link", { name: "Check camera and sound first" }).getAttribute("href")).toBe(
    "/sessions/Gentle%20movement/room?check=true",
  );
});

test("who runs a session goes live in it, and goes in where it is live", async () => {
  const mine = (title: string, state: "live" | "open") =>
    sampleItem(title, "10:30", "11:15", { role: "staff", state });
  show(sampleDay(mine("Peer circle", "live"), mine("Gentle movement", "open")));
  const live = within(await itemOf("Peer circle"));
  expect(live.getByRole("link", { name: "Go in" })).toBeDefined();
  expect(live.queryByRole("link", { name: /^Check/ })).toBeNull();
  const due = within(await itemOf("Gentle movement"));
  expect(due.getByRole("button", { name: "Go live" })).toBeDefined();
  expect(due.getByText("Was due 11 minutes ago")).toBeDefined();
});

/** The page's clock goes on; what it waits for meanwhile still comes. */
const clockGoesOnTo = (time: number) =>
  act(() => {
    vi.setSystemTime(time);
    vi.advanceTimersByTime(5_000);
  });

test("when the time has come and nobody has begun, it says who is waited for", async () => {
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"], now: Date.parse(at("10:41")) });
  show(sampleDay(sampleItem("Gentle movement", "10:42", "11:15", { can_join_at: at("10:30") })));
  const now = within(await itemOf("Gentle movement"));
  expect(now.getByText("Starts in 1 minute")).toBeDefined();
  expect(screen.getByText("Gentle movement is about to start.")).toBeDefined();
  clockGoesOnTo(Date.parse(at("10:42")));
  expect(now.getByText("Waiting for Maya Osei to start")).toBeDefined();
  expect(screen.getByText("Gentle movement has not started yet.")).toBeDefined();
});

test("by the server's clock, not by that of a tablet that is wrong", async () => {
  const fast = Date.now() + 30 * 60_000;
  vi.setSystemTime(fast);
  const day = sampleDay(sampleItem("Gentle movement", "10:47", "11:15", { can_join_at: at("10:37") }));
  serve(() => Response.json(day, { headers: { date: new Date(at("10:41")).toUTCString() } }));
  showPage(<MyDayPage />);
  const now = within(await itemOf("Gentle movement"));
  expect(await now.findByText("Starts in 6 minutes")).toBeDefined();
  noteServerTime(new Date(fast).toUTCString(), fast);
});

test("at midnight of the person's own zone the next day is on the page", async () => {
  // Calcutta is another name of the zone of Kolkata.
  useAccount.setState({
    me: { name: "Rosa Delgado", role: "participant", time_zone: "Asia/Calcutta" } as Me,
  });
  vi.useFakeTimers({
    toFake: ["Date", "setInterval", "clearInterval"],
    now: Date.parse("2026-11-24T18:29:50Z"),
  });
  const asked = serve(() => sampleDay());
  showPage(<MyDayPage />);
  await screen.findByText(/^Tuesday 24 November, 23:59/);
  expect(asked.map(({ path }) => path)).toContain("/me/day?date=2026-11-24");
  clockGoesOnTo(Date.parse("2026-11-24T18:30:00Z"));
  await screen.findByText(/^Wednesday 25 November, 0:00/);
  expect(asked.map(({ path }) => path)).toContain("/me/day?date=2026-11-26");
});

test("two names of one zone are not two zones", async () => {
  const known = new Intl.DateTimeFormat().resolvedOptions();
  vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({
    ...known,
    timeZone: "Asia/Kolkata",
  });
  for (const [zone, isForeign] of [
    ["Asia/Calcutta", false],
    ["Europe/London", true],
  ] as const) {
    useAccount.setState({ me: { name: "Rosa Delgado", role: "participant", time_zone: zone } as Me });
    show(sampleDay());
    await screen.findByRole("heading", { level: 1 });
    expect(screen.queryByText(/^Times are in/) !== null).toBe(isForeign);
    cleanup();
  }
});

test("a long morning makes room for Join, and can be shown again", async () => {
  const morning = ["07:00", "08:00", "09:00", "10:00"].map((from) =>
    sampleItem(`Session at ${from}`, from, from.replace(":00", ":25"), { state: "over", my_seconds: 60 }),
  );
  show(sampleDay(...morning, sampleItem("Gentle movement", "10:30", "11:15", { state: "live" })));
  await itemOf("Gentle movement");
  expect(screen.queryByText("Session at 07:00")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: /^Show . earlier sessions$/ }));
  expect(screen.getByText("Session at 07:00")).toBeDefined();
});

test("a cancelled session says why", async () => {
  const cancelled = sampleItem("Music room", "14:15", "15:00", { state: "cancelled" });
  cancelled.session.cancel_reason = "Ingrid is ill.";
  show(sampleDay(cancelled));
  expect((await itemOf("Music room")).textContent).toContain("Cancelled. Ingrid is ill.");
});

test("an empty day says what is next", async () => {
  show(sampleDay(), sampleDay(sampleItem("Good morning circle", "09:30", "10:15")));
  expect(
    await screen.findByText("Your next session is Good morning circle, tomorrow at 9:30."),
  ).toBeDefined();
});

test("a day that does not come can be asked for again", async () => {
  let isUp = false;
  serve(() => (isUp ? sampleDay(sampleItem("Tea and talk", "11:30", "12:00")) : refused(500, "broken")));
  showPage(<MyDayPage />);
  const again = await screen.findByRole("button", { name: "Try again" });
  isUp = true;
  await userEvent.click(again);
  expect(await itemOf("Tea and talk")).toBeDefined();
});
