// One's own calendars: made, shown once, taken back.
import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";

import { serve, showPage } from "../../lib/test-page";
import { MyCalendars } from "./my-calendars";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const feed = {
  id: "f1",
  program_id: null,
  program_title: "",
  created_at: "2026-11-02T09:00:00Z",
  last_used_at: null,
};
const url = "https://class.example.org/api/v1/calendars/secret.ics";

const house = (feeds: unknown[]) =>
  serve(({ method, path }) => {
    if (path.startsWith("/programs")) return { items: [{ id: "p1", title: "Watercolour" }], next: null };
    if (method === "POST") return { id: "f2", url, created_at: "2026-11-03T09:00:00Z" };
    return method === "DELETE" ? null : { feeds };
  });

test("an address is made for one program, shown once, and copied", async () => {
  const asked = house([]);
  const write = vi.fn().mockResolvedValue(undefined);
  vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { clipboard: { writeText: write } }));
  showPage(<MyCalendars />);
  await screen.findByRole("option", { name: "Watercolour" });
  await userEvent.selectOptions(screen.getByLabelText("Sessions of"), "Watercolour");
  await userEvent.click(screen.getByRole("button", { name: "Make an address" }));
  expect(await screen.findByLabelText("The address, shown this once")).toHaveProperty("value", url);
  expect(asked.find(({ method }) => method === "POST")).toMatchObject({ body: { program_id: "p1" } });
  expect(screen.getByRole("link", { name: "Open in my calendar" }).getAttribute("href")).toMatch(/^webcal:/);
  await userEvent.click(screen.getByRole("button", { name: "Copy" }));
  expect(write).toHaveBeenCalledWith(url);
  await screen.findByText("Copied.");
});

test("one that is there says when it was used, is taken back, and is told to end with the next", async () => {
  const asked = house([feed]);
  showPage(<MyCalendars />);
  await screen.findByText(/not asked for yet/);
  await screen.findByText("A new address ends the one before.");
  await userEvent.click(screen.getByRole("button", { name: "Take back: All my programs" }));
  await vi.waitFor(() =>
    expect(asked).toContainEqual(expect.objectContaining({ method: "DELETE", path: "/me/calendars/f1" })),
  );
});
