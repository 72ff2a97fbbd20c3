// A program's own page: what the button says, with and without a place; and the money of a new program.
import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Me, Program } from "../../contract/types";
import { useAccount } from "../../lib/account";
import { refused, serve, showPage } from "../../lib/test-page";
import { NewProgram } from "./new-program";
import { ProgramPage } from "./program-page";

const program = (change: Partial<Program> = {}): Program =>
  ({
    id: "p1",
    slug: "watercolour",
    title: "Watercolour Evenings",
    summary: "Six calm evenings.",
    description: "",
    kind: "workshop",
    status: "published",
    visibility: "public",
    time_zone: "UTC",
    capacity: 16,
    places_left: 2,
    enrolled: 14,
    waiting: 0,
    price_cents: 4800,
    currency: "GBP",
    join_minutes_before: 10,
    icon: "palette",
    tone: "sky",
    staff: [],
    my: null,
    created_at: "2026-01-01T00:00:00Z",
    ...change,
  }) as Program;

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = () => undefined;
  useAccount.setState({ me: { id: "rosa", name: "Rosa", role: "participant", time_zone: "UTC" } as Me });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = (shown: Program) => {
  const asked = serve(({ path, method }) =>
    method === "POST" ? {} : path.includes("/sessions") ? { items: [], next: null } : shown,
  );
  showPage(<ProgramPage slug="watercolour" />);
  return asked;
};
const card = async () => within(await screen.findByRole("complementary", { name: "Enroll" }));
const bar = () => within(screen.getByRole("region", { name: "Enroll" }));

test("with places left one enrolls, on the card as on the bar of a phone", async () => {
  const asked = show(program());
  const button = (await card()).getByRole("button", { name: "Enroll for £48" });
  expect(bar().getByText("£48")).toBeDefined();
  expect(bar().getByText("2 places left")).toBeDefined();
  expect(screen.queryByText(/waiting list/i)).toBeNull();
  await userEvent.click(bar().getByRole("button", { name: "Enroll for £48" }));
  expect(asked.filter(({ method }) => method === "POST").map(({ path }) => path)).toEqual([
    "/programs/p1/enrollments",
  ]);
  expect(button).toBeDefined();
});

test("a free program with room for everybody says Enroll", async () => {
  show(program({ price_cents: 0, capacity: null, places_left: null }));
  expect((await card()).getByRole("button", { name: "Enroll" })).toBeDefined();
  expect(bar().getByText("Free")).toBeDefined();
});

test("only when it is full one joins the waiting list", async () => {
  show(program({ places_left: 0, enrolled: 16, waiting: 3 }));
  expect((await card()).getByRole("button", { name: "Join the waiting list" })).toBeDefined();
  expect(bar().getByRole("button", { name: "Join the waiting list" })).toBeDefined();
  expect(screen.queryByRole("button", { name: /^Enroll/ })).toBeNull();
});

test("who has a place sees no bar", async () => {
  show(
    program({ my: { part: null, enrollment: { id: "e", status: "active" } } as unknown as Program["my"] }),
  );
  expect((await card()).getByText(/^You have a place/)).toBeDefined();
  expect(screen.queryByRole("region", { name: "Enroll" })).toBeNull();
});

test("a program that is not there says so, also in the title", async () => {
  serve(() => refused(404, "not-found"));
  showPage(<ProgramPage slug="nothing" />);
  await screen.findByRole("heading", { name: "There is no such program" });
  expect(document.title).toMatch(/^There is no such program,/);
});

test("a new program begins with the money of where one is, and another can be chosen", async () => {
  const asked = serve(() => program());
  showPage(<NewProgram onClose={() => undefined} />);
  const currency = await screen.findByLabelText<HTMLSelectElement>("Currency");
  expect(currency.value).toBe("GBP");
  await userEvent.selectOptions(currency, "Euro");
  await userEvent.type(screen.getByLabelText("Name of the program"), "Soup");
  await userEvent.click(screen.getByRole("button", { name: "Make this program" }));
  await vi.waitFor(() => expect(asked[0]?.body).toMatchObject({ title: "Soup", currency: "EUR" }));
});

test("the next program begins with the money of the last one", async () => {
  const queries = showPage(<NewProgram onClose={() => undefined} />);
  expect((await screen.findByLabelText<HTMLSelectElement>("Currency")).value).toBe("GBP");
  cleanup();
  queries.setQueryData(
    ["programs", { mine: true }],
    [program({ currency: "CHF" }), program({ currency: "SEK", created_at: "2025-01-01T00:00:00Z" })],
  );
  showPage(<NewProgram onClose={() => undefined} />, queries);
  expect((await screen.findByLabelText<HTMLSelectElement>("Currency")).value).toBe("CHF");
});
