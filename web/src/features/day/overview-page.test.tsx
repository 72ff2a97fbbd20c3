// The overview, as an instructor sees it.
import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { DayItem, Me } from "../../contract/types";
import { useAccount } from "../../lib/account";
import { refused, serve, showPage } from "../../lib/test-page";
import { OverviewPage } from "./overview-page";
import { at, sampleDay, sampleItem } from "./sample-day";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(at("10:41")) });
  useAccount.setState({ me: { id: "maya", name: "Maya Osei", role: "instructor", time_zone: "UTC" } as Me });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const staff = (title: string, from: string, to: string, change: Partial<DayItem> = {}) =>
  sampleItem(title, from, to, { role: "staff", ...change });

test("a room that is live can be entered, one about to start goes live with one press", async () => {
  const asked = serve(({ path }) =>
    path.endsWith("/start")
      ? {}
      : sampleDay(
          staff("Peer circle", "10:00", "11:00", { state: "live", in_room: 7 }),
          staff("Gentle movement", "10:47", "11:30", { can_join_at: at("10:37"), waiting: 3 }),
        ),
  );
  showPage(<OverviewPage />);
  const cards = within(await screen.findByRole("region", { name: "On now and about to start" })).getAllByRole(
    "listitem",
  );
  expect(cards).toHaveLength(2);
  expect(within(cards[0]!).getByRole("link", { name: "Go in" })).toBeDefined();
  expect(within(cards[1]!).getByText("3 people are waiting")).toBeDefined();
  await userEvent.click(within(cards[1]!).getByRole("button", { name: "Go live" }));
  await vi.waitFor(() =>
    expect(asked.some(({ path }) => path === "/sessions/Gentle movement/start")).toBe(true),
  );
});

test("a refusal to go live is said beside the button", async () => {
  serve(({ path }) =>
    path.endsWith("/start")
      ? refused(409, "not-open-yet")
      : sampleDay(staff("Gentle movement", "10:47", "11:30", { can_join_at: at("10:37") })),
  );
  showPage(<OverviewPage />);
  await userEvent.click(await screen.findByRole("button", { name: "Go live" }));
  expect((await screen.findByRole("alert")).textContent).toBe("The room is not open yet.");
});

test("today stands in three parts, with a line where we are", async () => {
  serve(() =>
    sampleDay(
      staff("Morning circle", "09:30", "10:15", { state: "over", came: 16 }),
      staff("Tea and talk", "11:30", "12:00"),
      staff("Art studio", "13:00", "14:00"),
      staff("Watercolour", "18:30", "20:00"),
    ),
  );
  showPage(<OverviewPage />);
  const morning = await screen.findByRole("region", { name: /^Morning/ });
  expect(
    within(morning)
      .getAllByRole("listitem")
      .map((row) => row.textContent),
  ).toEqual([
    expect.stringContaining("16 came"),
    expect.stringContaining("10:41"),
    expect.stringContaining("Tea and talk"),
  ]);
  expect(within(screen.getByRole("region", { name: /^Afternoon/ })).getByText("Art studio")).toBeDefined();
  expect(within(screen.getByRole("region", { name: /^Evening/ })).getByText("Watercolour")).toBeDefined();
});

test("a day without sessions says so", async () => {
  serve(() => sampleDay());
  showPage(<OverviewPage />);
  expect(await screen.findByText("Nothing on today.")).toBeDefined();
});
