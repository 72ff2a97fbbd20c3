// Planning a series and changing one, in the sheet of a session.
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { PreviewedSession, Program, Session } from "../../contract/types";
import { type Asked, refused, serve, showPage } from "../../lib/test-page";
import { SessionSheet } from "./session-sheet";

const ZONE = "Europe/London";
const program = {
  id: "p1",
  time_zone: ZONE,
  staff: [{ user: { id: "maya", name: "Maya Osei" }, part: "lead" }],
  enrolled: 18,
} as unknown as Program;
const RULE = "FREQ=WEEKLY;COUNT=6;BYDAY=MO,WE";
const series = {
  id: "s1",
  program_id: "p1",
  title: "Circle",
  rule: RULE,
  starts_local: "2026-11-23T10:00:00",
  ends_local: "2026-11-23T11:00:00",
  time_zone: ZONE,
  except: [],
  sessions: 6,
};
const one = {
  id: "c1",
  program_id: "p1",
  series_id: "s1",
  original_start: "2026-11-30T10:00:00",
  title: "Circle",
  summary: "",
  starts_local: "2026-11-30T10:00:00",
  ends_local: "2026-11-30T11:00:00",
  time_zone: ZONE,
  state: "scheduled",
  lead: { id: "maya", name: "Maya Osei" },
  plan: [],
} as unknown as Session;

function made(day: string, more: Partial<PreviewedSession> = {}): PreviewedSession {
  return {
    change: "added",
    session_id: null,
    starts_local: `${day}T10:00:00`,
    ends_local: `${day}T11:00:00`,
    starts_at: `${day}T10:00:00Z`,
    ends_at: `${day}T11:00:00Z`,
    was_starts_local: null,
    note: null,
    conflicts: [],
    ...more,
  };
}
const conflict = { session_id: "x", title: "", starts_at: "", ends_at: "" };
const planned = {
  sessions: [
    made("2026-11-25", { conflicts: [conflict] }),
    made("2026-11-30", { conflicts: [{ ...conflict, title: "Tea" }] }),
    made("2027-03-28", { note: "skipped_hour" }),
  ],
  left_out: [{ day: "2026-12-23", name: "Winter break" }],
};

function open(id: string, special: (asked: Asked) => unknown = () => undefined) {
  const closed = vi.fn();
  const asked = serve((call) => {
    const given = special(call);
    if (given !== undefined) return given;
    const tagged = { headers: { etag: '"7"' } };
    if (call.path.endsWith("/preview")) return planned;
    if (call.path === "/series/s1") return Response.json(series, tagged);
    if (call.path === "/sessions/c1") return Response.json(one, tagged);
    return { items: [one, { ...one, id: "c2", original_start: "2026-12-02T10:00:00" }], next: null };
  });
  showPage(<SessionSheet id={id} program={program} onClose={closed} />);
  return { asked, closed };
}
const last = (asked: Asked[], method: string, end: RegExp) =>
  asked.filter((call) => call.method === method && end.test(call.path)).at(-1);
const button = (name: string | RegExp) => screen.getByRole("button", { name, hidden: true });
const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole("button", { name, hidden: true }));

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

test("what a rule would plan is seen before it is planned, with what to look at", async () => {
  const { asked, closed } = open("new");
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("Name of the session"), "Circle");
  await user.selectOptions(screen.getByLabelText("Repeats"), "Every week");
  await user.click(screen.getByRole("checkbox", { name: "Monday", hidden: true }));
  await user.selectOptions(screen.getByLabelText("Ends"), "After a number of sessions");
  await user.clear(screen.getByLabelText("How many sessions"));
  await user.type(screen.getByLabelText("How many sessions"), "6");

  await screen.findByRole("button", { name: "Plan 3 sessions", hidden: true });
  await waitFor(() => expect(last(asked, "POST", /preview$/)?.body).toMatchObject({ rule: RULE }));
  const list = within(screen.getByRole("list", { name: "What will be planned", hidden: true }));
  expect(list.getByText("Maya Osei leads another session then.")).toBeTruthy();
  expect(list.getByText("Maya Osei leads “Tea” then.")).toBeTruthy();
  expect(list.getByText(/^The clocks go forward/)).toBeTruthy();
  expect(list.getByText("Left out: Winter break")).toBeTruthy();
  expect(screen.getByText("3 sessions.")).toBeTruthy();
  expect(screen.getByText(/2 of them meet other sessions. 1 day is left out./)).toBeTruthy();
  expect(
    screen.getByText(/first on Wednesday 25 November 2026, the last on Sunday 28 March 2027/),
  ).toBeTruthy();
  expect(last(asked, "POST", /series$/)).toBeUndefined();

  await press("Plan 3 sessions");
  await waitFor(() => expect(closed).toHaveBeenCalled());
  expect(last(asked, "POST", /series$/)?.body).toMatchObject({
    title: "Circle",
    rule: RULE,
    starts_local: "2026-11-25T10:00:00",
    except: [],
  });
});

test("days are left out one by one, and the server's word stands at its field", async () => {
  const { asked } = open("new", ({ path }) =>
    path.endsWith("/preview")
      ? refused(422, "invalid", [{ field: "rule", message: "This makes more than 400 sessions." }])
      : undefined,
  );
  const user = userEvent.setup();
  await user.selectOptions(await screen.findByLabelText("Repeats"), "Every month on the fourth Wednesday");
  await user.type(screen.getByLabelText("Leave out a day"), "2026-12-23{Enter}");
  expect(screen.getByText("Wed 23 Dec")).toBeTruthy();
  await waitFor(() =>
    expect(last(asked, "POST", /preview$/)?.body).toMatchObject({
      rule: "FREQ=MONTHLY;UNTIL=20270217T235959;BYDAY=4WE",
      except: ["2026-12-23"],
    }),
  );
  await waitFor(() => expect(screen.getByLabelText("Repeats").getAttribute("aria-invalid")).toBe("true"));
  expect(screen.getByText("This makes more than 400 sessions.")).toBeTruthy();
  await press("Do not leave out Wed 23 Dec");
  expect(screen.queryByText("Wed 23 Dec")).toBeNull();
});

test("without a weekday nothing is planned, and a rule can be written", async () => {
  const { asked } = open("new");
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("Name of the session"), "Circle");
  await user.selectOptions(screen.getByLabelText("Repeats"), "Every week");
  await user.click(screen.getByRole("checkbox", { name: "Wednesday", hidden: true }));
  expect(screen.getByText("Choose at least one day.")).toBeTruthy();
  await press("Plan the sessions");
  expect(last(asked, "POST", /series$/)).toBeUndefined();
  await user.selectOptions(screen.getByLabelText("Repeats"), "Custom");
  await user.type(screen.getByLabelText("Rule"), "FREQ=YEARLY;COUNT=3");
  await press("Plan 3 sessions");
  await waitFor(() =>
    expect(last(asked, "POST", /series$/)?.body).toMatchObject({ rule: "FREQ=YEARLY;COUNT=3" }),
  );
});

const changes = {
  sessions: [
    made("2026-11-30", { change: "moved", session_id: "c1", was_starts_local: "2026-11-30T09:00:00" }),
    made("2026-12-02", { change: "kept", session_id: "c2" }),
    made("2026-12-03"),
    made("2026-12-07", { change: "removed", session_id: "c3" }),
    made("2026-12-09", { change: "untouched", session_id: "c4" }),
  ],
  left_out: [],
};

test("a change of one of a series asks for how many, and shows what it does to the others", async () => {
  const { asked, closed } = open("c1", ({ path }) => (path === "/series/s1/preview" ? changes : undefined));
  const user = userEvent.setup();
  expect(await screen.findByText("This session is one of a series.")).toBeTruthy();
  await user.clear(screen.getByLabelText("To"));
  await user.type(screen.getByLabelText("To"), "11:30");
  await press("Save");
  const only = screen.getByRole<HTMLInputElement>("radio", { name: "Only this session", hidden: true });
  expect(only.checked).toBe(true);
  await user.click(screen.getByRole("radio", { name: "This and those after it", hidden: true }));
  await screen.findByText("1 session moves");
  expect(last(asked, "POST", /series\/s1\/preview$/)?.body).toEqual({
    from: "2026-11-30T10:00:00",
    starts_local: "2026-11-30T10:00:00",
    ends_local: "2026-11-30T11:30:00",
  });
  for (const words of [
    "1 session is added",
    "1 session is removed",
    "1 session keeps its time",
    "1 session began or was cancelled, and stays as it is",
    "It was Mon 30 Nov, 9:00.",
  ])
    expect(screen.getByText(words)).toBeTruthy();
  await waitFor(() => expect(button("Save these changes")).toBeTruthy());
  await press("Save these changes");
  await waitFor(() => expect(closed).toHaveBeenCalled());
  const saved = last(asked, "PATCH", /series\/s1$/);
  expect(saved?.headers["if-match"]).toBe('"7"');
  expect(saved?.body).toEqual(last(asked, "POST", /series\/s1\/preview$/)?.body);
});

test("a change of this session alone is the session's", async () => {
  const { asked, closed } = open("c1");
  await userEvent.type(await screen.findByLabelText("Name of the session"), "!");
  await press("Save");
  await press("Save this session");
  await waitFor(() => expect(closed).toHaveBeenCalled());
  expect(last(asked, "PATCH", /./)?.path).toBe("/sessions/c1");
  expect(last(asked, "PATCH", /./)?.body).toMatchObject({ title: "Circle!" });
});

test("how it repeats is never changed of one session, and counts from the first", async () => {
  const { asked } = open("c1", ({ path }) => {
    if (path === "/series/s1/preview") return changes;
    const whole = {
      sessions: [made("2026-11-23"), made("2026-11-30")],
      left_out: [{ day: "2026-11-25", name: "" }],
    };
    return path === "/programs/p1/series/preview" ? whole : undefined;
  });
  const user = userEvent.setup();
  await user.clear(await screen.findByLabelText("How many sessions"));
  await user.type(screen.getByLabelText("How many sessions"), "9");
  await press("Save");
  expect(screen.queryByRole("radio", { name: "Only this session", hidden: true })).toBeNull();
  await screen.findByText("1 session moves");
  expect(last(asked, "POST", /series\/s1\/preview$/)?.body).toMatchObject({
    rule: "FREQ=WEEKLY;COUNT=7;BYDAY=MO,WE",
  });
  await user.click(screen.getByRole("radio", { name: "All that have not begun", hidden: true }));
  await waitFor(() =>
    expect(last(asked, "POST", /series\/s1\/preview$/)?.body).toEqual({
      rule: "FREQ=WEEKLY;COUNT=9;BYDAY=MO,WE",
    }),
  );
});

test("somebody else's change of the series is told, and shown when asked for", async () => {
  let title = "Circle";
  open("c1", ({ method, path }) => {
    if (path === "/series/s1/preview") return changes;
    if (method === "PATCH") {
      title = "Round";
      return refused(412, "changed-meanwhile");
    }
    if (path === "/sessions/c1") return Response.json({ ...one, title }, { headers: { etag: `"${title}"` } });
    return undefined;
  });
  await userEvent.type(await screen.findByLabelText("Name of the session"), "!");
  await press("Save");
  await userEvent.click(screen.getByRole("radio", { name: "All that have not begun", hidden: true }));
  await screen.findByText("1 session moves");
  await press("Save these changes");
  expect((await screen.findByRole("alert", { hidden: true })).textContent).toMatch(
    /somebody else changed this series/i,
  );
  await press("Show what it is now");
  await waitFor(() =>
    expect(screen.getByLabelText<HTMLInputElement>("Name of the session").value).toBe("Round"),
  );
});

test("a refusal of the server's stands at its field when one goes back", async () => {
  open("c1", ({ path }) =>
    path === "/series/s1/preview"
      ? refused(422, "invalid", [{ field: "title", message: "Say it shorter." }])
      : undefined,
  );
  await userEvent.type(await screen.findByLabelText("Name of the session"), "!");
  await press("Save");
  await userEvent.click(screen.getByRole("radio", { name: "All that have not begun", hidden: true }));
  expect((await screen.findByRole("alert", { hidden: true })).textContent).toBe("Say it shorter.");
  await press("Back");
  expect(screen.getByLabelText("Name of the session").getAttribute("aria-invalid")).toBe("true");
});

test("the rest of a series is taken out from one session on", async () => {
  const { asked, closed } = open("c1", ({ method }) =>
    method === "DELETE" ? new Response(null, { status: 204 }) : undefined,
  );
  await press("Cancel this session");
  await userEvent.click(screen.getByRole("radio", { name: "This and those after it", hidden: true }));
  expect(await screen.findByText(/^2 sessions go out of the timetable/)).toBeTruthy();
  await press("Take them out");
  await waitFor(() => expect(closed).toHaveBeenCalled());
  expect(last(asked, "DELETE", /./)?.path).toBe("/series/s1?from=2026-11-30T10%3A00%3A00");
});
