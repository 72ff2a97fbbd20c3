// Who came, as its page shows it: words, minutes, exact times, the file, and who is there now.
import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";

import type { Attendance } from "../../contract/types";
import { refused, serve, showPage } from "../../lib/test-page";
import { WhoCamePage } from "./who-came-page";

const DAY = "2026-11-24T";
const session = {
  id: "s1",
  program_id: "p1",
  title: "Gentle movement",
  starts_at: `${DAY}10:30:00Z`,
  ends_at: `${DAY}11:15:00Z`,
  starts_local: `${DAY}10:30:00`,
  ends_local: `${DAY}11:15:00`,
  time_zone: "Europe/London",
  state: "ended",
  started_at: `${DAY}10:29:00Z`,
  ended_at: `${DAY}11:15:00Z`,
  lead: { id: "maya", name: "Maya Osei" },
};

function person(
  name: string,
  stays: [string, string | null][],
  role: Attendance["role"] = "participant",
): Attendance {
  const intervals = stays.map(([from, to]) => ({
    joined_at: `${DAY}${from}Z`,
    left_at: to && `${DAY}${to}Z`,
    source: "live" as const,
  }));
  const seconds = intervals.reduce((sum, { joined_at, left_at }) => {
    return sum + (left_at ? (Date.parse(left_at) - Date.parse(joined_at)) / 1000 : 0);
  }, 0);
  return {
    user: { id: name, name },
    role,
    seconds,
    first_joined_at: intervals[0]?.joined_at ?? null,
    last_left_at: intervals.at(-1)?.left_at ?? null,
    present: intervals.some(({ left_at }) => left_at === null),
    intervals,
  };
}

const PEOPLE = [
  person("Maya Osei", [["10:29:00", "11:15:00"]], "staff"),
  person("Rosa Delgado", [["10:29:58", "11:15:00"]]),
  person("Joan Whitlock", [
    ["10:30:00", "10:40:12"],
    ["10:42:00", "11:15:00"],
  ]),
  person("Ade Balogun", [["10:31:00", "10:55:30"]]),
  person("Samir Haddad", []),
];

function open(people: Attendance[], change: object = {}) {
  const asked = serve(({ path }) => {
    if (path.includes(".csv")) return new Response("name,minutes");
    if (path.includes("/attendances")) return { items: people, next: null };
    if (path.startsWith("/sessions/")) return { ...session, ...change };
    return { id: "p1", title: "Weekday Together" };
  });
  showPage(<WhoCamePage sessionId="s1" />);
  return asked;
}

const row = async (name: string) => {
  const found = (await screen.findByText(name, { selector: "strong" })).closest("li");
  if (!found) throw new Error(`no row of ${name}`);
  return within(found);
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("each row says in words what its bar shows", async () => {
  open(PEOPLE);
  expect((await row("Rosa Delgado")).getByText("45")).toBeTruthy();
  expect((await row("Rosa Delgado")).getByText("Present")).toBeTruthy();
  expect((await row("Joan Whitlock")).getByText(/In from 10:30.*came back once/)).toBeTruthy();
  expect((await row("Joan Whitlock")).getByText("43")).toBeTruthy();
  expect((await row("Ade Balogun")).getByText("Left early")).toBeTruthy();
  expect((await row("Samir Haddad")).getByText("Absent")).toBeTruthy();
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Who came");
  expect(document.title).toContain("Who came, Gentle movement, Weekday Together");
});

test("the people are counted without the staff", async () => {
  open(PEOPLE);
  await row("Rosa Delgado");
  expect(screen.getByText("3 of 4")).toBeTruthy();
});

test("a row opens to its exact times, to the second", async () => {
  open(PEOPLE);
  const joan = await row("Joan Whitlock");
  const button = joan.getByRole("button", { name: /exact times of joan/i });
  expect(button.getAttribute("aria-expanded")).toBe("false");
  await userEvent.click(button);
  expect(button.getAttribute("aria-expanded")).toBe("true");
  expect(joan.getByText(/10:30:00.*10:40:12.*10 min 12 s/)).toBeTruthy();
  expect(joan.getByText("Together 43 min 12 s")).toBeTruthy();
});

test("the same record is there as a table", async () => {
  open(PEOPLE);
  await userEvent.click(await screen.findByRole("button", { name: "Table" }));
  expect(screen.getAllByRole("row")).toHaveLength(PEOPLE.length + 1);
});

test("who is in the room is counted by the server's clock, whatever the clock here says", async () => {
  // Joined at 10:31, and the server says ten minutes: it is 10:41 there, and years apart from the clock of this test.
  const here = { ...person("Tom Okafor", [["10:31:00", null]]), seconds: 600 };
  open([here], { state: "live", ended_at: null });
  const tom = await row("Tom Okafor");
  expect(tom.getByText("Here now")).toBeTruthy();
  expect(tom.getByText(/^(9\.9|10)$/)).toBeTruthy();
});

test("the record is saved as a file, with who did not come", async () => {
  const asked = open(PEOPLE);
  URL.createObjectURL = () => "blob:record";
  URL.revokeObjectURL = () => undefined;
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  await userEvent.click(await screen.findByRole("button", { name: /csv/i }));
  await vi.waitFor(() => expect(click).toHaveBeenCalledOnce());
  expect(asked.map(({ path }) => path)).toContain("/sessions/s1/attendances.csv?absent=true");
});

test("a refusal is a sentence", async () => {
  serve(() => refused(404, "not-found"));
  showPage(<WhoCamePage sessionId="gone" />);
  expect((await screen.findByRole("alert")).textContent).toMatch(/not there/);
});
