// The workspace of a program: its week, going live, planning a session, and two people who edit at once.
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { DayItem, Program } from "../../contract/types";
import { type Asked, refused, serve, showPage } from "../../lib/test-page";
import { dayOf } from "../../lib/times";
import { WorkspacePage, type WorkspaceSearch } from "./workspace-page";

const ZONE = "Europe/London";
const program = {
  id: "p1",
  slug: "weekday-together",
  title: "Weekday Together",
  summary: "A timetable of short live classes.",
  description: "",
  kind: "day_program",
  status: "draft",
  visibility: "public",
  time_zone: ZONE,
  capacity: 20,
  places_left: 2,
  price_cents: 0,
  currency: "GBP",
  join_minutes_before: 10,
  recording_days: 30,
  icon: "sunrise",
  tone: "clay",
  staff: [{ user: { id: "maya", name: "Maya Osei" }, part: "lead" }],
  enrolled: 18,
  waiting: 0,
  my: { part: "lead", enrollment: null },
} as unknown as Program;

function item(title: string, from: number, to: number, state: DayItem["state"], more: object = {}): DayItem {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  return {
    session: {
      id: title,
      program_id: "p1",
      title,
      starts_at: at(from),
      ends_at: at(to),
      time_zone: ZONE,
      state: state === "live" ? "live" : "scheduled",
      icon: "movement",
      tone: "leaf",
      lead: { id: "maya", name: "Maya Osei" },
    },
    can_join_at: at(from - 10),
    state,
    role: "staff",
    in_room: 0,
    in_room_names: [],
    waiting: 0,
    due: 18,
    came: null,
    ...more,
  } as unknown as DayItem;
}

/** The page with an address that changes, as the router gives it. */
function Page({ first }: { first: WorkspaceSearch }) {
  const [search, setSearch] = useState<Record<string, string | undefined>>({ ...first });
  return <WorkspacePage id="p1" search={search} onSearch={(change) => setSearch({ ...search, ...change })} />;
}

function open(
  search: WorkspaceSearch,
  items: DayItem[],
  special: (asked: Asked) => unknown = () => undefined,
) {
  const asked = serve((call) => {
    const given = special(call);
    if (given !== undefined) return given;
    if (call.path.includes("/timetable")) return { time_zone: ZONE, items };
    if (call.path.endsWith("/holidays")) return { holidays: [] };
    return Response.json(program, { headers: { etag: '"1"' } });
  });
  showPage(<Page first={search} />);
  return asked;
}

beforeEach(() => {
  // The browser of the tests has no modal dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  vi.useFakeTimers({ now: Date.parse("2026-11-24T10:24:00Z"), toFake: ["Date"] });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the week stands under its days, and every session says how it is", async () => {
  const items = [
    item("Morning circle", -54, -9, "over", { came: 16 }),
    item("Gentle movement", 6, 51, "open", { waiting: 3 }),
    item("Tea and talk", 66, 96, "cancelled"),
  ];
  open({}, items);
  const tuesday = within(await screen.findByRole("region", { name: /24.*Tue/ }));
  expect(tuesday.getByRole("button", { name: /Morning circle.*16 came/ })).toBeTruthy();
  expect(tuesday.getByRole("button", { name: /Gentle movement.*Starts in 6 min/ })).toBeTruthy();
  expect(tuesday.getByRole("button", { name: /Tea and talk.*Cancelled/ })).toBeTruthy();
  expect(screen.getByText("3 people are waiting.")).toBeTruthy();
});

test("a session of a series says so, in the week and in the list", async () => {
  const alone = item("Tea and talk", 66, 96, "later");
  const many = item("Music room", 126, 156, "later");
  many.session.series_id = "s1";
  open({}, [alone, many]);
  const buttons = await screen.findAllByRole("button", { name: /Music room , repeats/, hidden: true });
  expect(buttons).toHaveLength(2);
  expect(screen.queryByRole("button", { name: /Tea and talk.*repeats/, hidden: true })).toBeNull();
});

test("one press goes live", async () => {
  const asked = open({}, [item("Gentle movement", 6, 51, "open")], ({ method }) =>
    method === "POST" ? {} : undefined,
  );
  await userEvent.click(await screen.findByRole("button", { name: /^go live/i }));
  await waitFor(() =>
    expect(asked.find(({ method }) => method === "POST")?.path).toBe("/sessions/Gentle movement/start"),
  );
});

test("times can be typed in any usual way, and the server's word about one stands at its field", async () => {
  const asked = open({ session: "new" }, [], ({ method, path }) =>
    method === "POST" && path.endsWith("/sessions")
      ? refused(422, "invalid", [{ field: "starts_local", message: "The clocks skip this hour." }])
      : undefined,
  );
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("Name of the session"), "Music room");
  for (const [label, typed] of [
    ["From", "1415"],
    ["To", "15.00"],
  ] as const) {
    await user.clear(screen.getByLabelText(label));
    await user.type(screen.getByLabelText(label), typed);
  }
  await user.click(screen.getByRole("button", { name: "Add this session", hidden: true }));
  await waitFor(() => expect(asked.some(({ method }) => method === "POST")).toBe(true));
  const tomorrow = dayOf(Date.parse("2026-11-25T12:00:00Z"), ZONE);
  expect(asked.find(({ method }) => method === "POST")?.body).toMatchObject({
    title: "Music room",
    starts_local: `${tomorrow}T14:15:00`,
    ends_local: `${tomorrow}T15:00:00`,
  });
  const from = screen.getByLabelText("From");
  await waitFor(() => expect(from.getAttribute("aria-invalid")).toBe("true"));
  const words = from.getAttribute("aria-describedby")?.split(" ") ?? [];
  expect(words.map((id) => document.getElementById(id)?.textContent).join(" ")).toContain(
    "The clocks skip this hour.",
  );
});

test("after publishing one's own change is saved, not refused as somebody else's", async () => {
  let version = 1;
  let status = "draft";
  const asked = open({ tab: "about" }, [], ({ method, path, headers }) => {
    if (path.includes("/timetable") || !path.startsWith("/programs/p1")) return undefined;
    if (path.endsWith("/publish")) status = "published";
    if (method === "PATCH" && headers["if-match"] !== `"${version}"`)
      return refused(412, "changed-meanwhile");
    if (method !== "GET") version += 1;
    return Response.json({ ...program, status }, { headers: { etag: `"${version}"` } });
  });
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("In one sentence"), " Every day.");
  await user.click(screen.getByRole("button", { name: "Publish" }));
  await screen.findByText("It is published.");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked.some(({ method }) => method === "PATCH")).toBe(true));
  const saved = asked.find(({ method }) => method === "PATCH");
  expect(saved?.headers["if-match"]).toBe('"2"');
  expect(saved?.body).toMatchObject({
    summary: "A timetable of short live classes. Every day.",
    price_cents: 0,
  });
  expect(screen.queryByText(/somebody else/i)).toBeNull();
});

test("somebody else's change is told, and shown when asked for", async () => {
  open({ tab: "about" }, [], ({ method, path }) => {
    if (path.includes("/timetable")) return undefined;
    if (method === "PATCH") return refused(412, "changed-meanwhile");
    return Response.json(program, { headers: { etag: '"1"' } });
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Save" }));
  expect((await screen.findByRole("alert")).textContent).toMatch(/somebody else changed/i);
  await user.click(screen.getByRole("button", { name: "Show what it is now" }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});
