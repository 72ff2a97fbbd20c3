// Days off of a program and of the house: who may change which, and what is said to the server.
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Holiday, Me, Program } from "../../contract/types";
import { useAccount } from "../../lib/account";
import { type Asked, refused, serve, showPage } from "../../lib/test-page";
import { DaysOff } from "./days-off";

const program = { id: "p1", time_zone: "Europe/London" } as Program;
const outing = { name: "Outing", first_day: "2026-12-04", last_day: "2026-12-04" };
const past = { name: "Summer", first_day: "2026-07-01", last_day: "2026-08-01" };
const winter = { name: "Winter break", first_day: "2026-12-24", last_day: "2027-01-03" };

function open(role: Me["role"], special: (asked: Asked) => unknown = () => undefined) {
  useAccount.setState({ me: { role } as Me });
  const asked = serve((call) => {
    const given = special(call);
    if (given !== undefined) return given;
    if (call.method === "PUT") return call.body;
    return { holidays: call.path === "/holidays" ? [winter] : [past, outing] };
  });
  showPage(<DaysOff program={program} />);
  return asked;
}
const put = (asked: Asked[]) => asked.filter(({ method }) => method === "PUT").at(-1);
const list = async (name: string) => within(await screen.findByRole("list", { name }));

beforeEach(() => {
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
  useAccount.setState({ me: undefined });
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("staff see both lists and change that of the program; what is past is kept and not shown", async () => {
  const asked = open("instructor");
  expect((await list("Of the whole house")).getByText("24 December 2026 – 3 January 2027")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Remove Winter break" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Add days off of the house" })).toBeNull();
  expect(screen.queryByText("Summer")).toBeNull();

  await userEvent.click(screen.getByRole("button", { name: "Add days off" }));
  await userEvent.click(screen.getByRole("button", { name: "Add these days", hidden: true }));
  expect(screen.getByText("Give the days a name.")).toBeTruthy();
  expect(put(asked)).toBeUndefined();
  await userEvent.type(screen.getByLabelText(/What they are called/), "Staff day");
  await userEvent.type(screen.getByLabelText("First day"), "2027-02-01");
  await userEvent.click(screen.getByRole("button", { name: "Add these days", hidden: true }));
  const said: Holiday = { name: "Staff day", first_day: "2027-02-01", last_day: "2027-02-01" };
  await waitFor(() => expect(put(asked)?.body).toEqual({ holidays: [past, outing, said] }));
  expect(put(asked)?.path).toBe("/programs/p1/holidays");
  expect(await screen.findByText("1 February 2027")).toBeTruthy();
});

test("an admin changes those of the house", async () => {
  const asked = open("admin");
  await userEvent.click(await screen.findByRole("button", { name: "Remove Winter break" }));
  await waitFor(() => expect(put(asked)).toMatchObject({ path: "/holidays", body: { holidays: [] } }));
  await waitFor(() => expect(screen.queryByText("Winter break")).toBeNull());
});

test("the server's word about a day stands at its field", async () => {
  open("instructor", ({ method }) =>
    method === "PUT"
      ? refused(422, "invalid", [{ field: "holidays[2].last_day", message: "Not so far away." }])
      : undefined,
  );
  await userEvent.click(await screen.findByRole("button", { name: "Add days off" }));
  await userEvent.type(screen.getByLabelText(/What they are called/), "Far away");
  await userEvent.type(screen.getByLabelText("First day"), "2099-02-01");
  await userEvent.click(screen.getByRole("button", { name: "Add these days", hidden: true }));
  expect(await screen.findByText("Not so far away.")).toBeTruthy();
  expect(screen.getByLabelText("Last day").getAttribute("aria-invalid")).toBe("true");
});
