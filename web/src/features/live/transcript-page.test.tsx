// The transcript as its page shows it: lines, search by the server, the file, and the correction by staff.
import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";

import type { TranscriptLine } from "../../contract/types";
import { refused, serve, showPage } from "../../lib/test-page";
import { TranscriptPage } from "./transcript-page";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const session = {
  id: "s1",
  program_id: "p1",
  title: "Gentle movement",
  starts_local: "2026-11-24T10:30:00",
  ends_local: "2026-11-24T11:15:00",
  time_zone: "Europe/London",
  state: "ended",
};

const line = (seq: number, change: Partial<TranscriptLine> = {}): TranscriptLine => ({
  id: `l${seq}`,
  seq,
  rev: seq,
  user_id: "ada",
  name: "Ada Njeri",
  breakout_id: null,
  source: "typed",
  language: null,
  text: `line ${seq}`,
  started_at: "2026-11-24T10:36:00Z",
  ended_at: "2026-11-24T10:36:02Z",
  corrected_at: null,
  correction: null,
  ...change,
});

function show(lines: TranscriptLine[], part: string | null = null) {
  const asked = serve(({ method, path, body }) => {
    if (path === "/sessions/s1") return session;
    if (path.endsWith("/documents")) return { documents: [] };
    if (path.startsWith("/programs/")) return { id: "p1", my: { part, enrollment: null } };
    if (path.endsWith(".vtt")) return new Response("WEBVTT");
    if (method === "PATCH") {
      const { text } = body as { text: string };
      return text === ""
        ? refused(422, "invalid-fields", [{ field: "text", message: "Fill in “text”." }])
        : line(1, { text });
    }
    const q = new URLSearchParams(path.split("?")[1]).get("q") ?? "";
    return { items: lines.filter(({ text }) => text.includes(q)), next: null };
  });
  showPage(<TranscriptPage sessionId="s1" />);
  return { asked, user: userEvent.setup() };
}

test("members read it and search it, and cannot correct it", async () => {
  const { asked, user } = show([line(1), line(2, { name: "", source: "service", text: "from afar" })]);
  const rows = within(await screen.findByRole("list")).getAllByRole("listitem");
  expect(rows.map((row) => row.textContent)).toEqual([
    "Ada Njeri10:36line 1",
    "Caption service10:36from afar",
  ]);
  expect(screen.queryByRole("button", { name: /Correct/ })).toBeNull();
  await user.type(screen.getByRole("searchbox", { name: "Find in what was said" }), "afar");
  expect((await screen.findByText("1 line")).getAttribute("role")).toBe("status");
  expect(asked.map(({ path }) => path)).toContain("/sessions/s1/transcript?limit=100&q=afar");
});

test("staff correct a line, and see what it said at first", async () => {
  const correction = { first_text: "lime 2", by: "Ada Njeri", at: "2026-11-24T12:00:00Z" };
  const { asked, user } = show([line(1), line(2, { corrected_at: correction.at, correction })], "lead");
  expect((await screen.findByText("What it said at first")).closest("details")?.textContent).toContain(
    "lime 2",
  );
  expect(screen.getByText("corrected by Ada Njeri")).toBeDefined();
  await user.click(await screen.findByRole("button", { name: "Correct: line 1" }));
  const field = screen.getByRole("textbox", { name: "What was said" });
  expect(document.activeElement).toBe(field);
  await user.clear(field);
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Fill in “text”.")).toBeDefined();
  await user.type(field, "Line one");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await vi.waitFor(() => expect(screen.queryByRole("textbox", { name: "What was said" })).toBeNull());
  const patch = asked.findLast(({ method }) => method === "PATCH");
  expect([patch?.path, patch?.body]).toEqual(["/sessions/s1/transcript/l1", { text: "Line one" }]);
});

test("it is saved as a file", async () => {
  const { asked, user } = show([line(1)]);
  vi.stubGlobal(
    "URL",
    Object.assign(URL, { createObjectURL: () => "blob:x", revokeObjectURL: () => undefined }),
  );
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  await user.click(await screen.findByRole("button", { name: "Save as subtitles" }));
  await vi.waitFor(() => expect(asked.map(({ path }) => path)).toContain("/sessions/s1/transcript.vtt"));
});

test("nothing written down is said in words", async () => {
  show([]);
  expect(await screen.findByText("Nothing was written down in this session.")).toBeDefined();
});
