import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import type { Me } from "../../../../contract/types";
import { useAccount } from "../../../../lib/account";
import { refused, serve, showPage } from "../../../../lib/test-page";
import type { Consent } from "../../engine/protocol";
import { RecordingBeforeJoining } from "./before-joining";

beforeEach(() => useAccount.setState({ me: { time_zone: "Europe/London" } as Me }));
afterEach(() => {
  cleanup();
  useAccount.setState({ me: undefined });
  vi.unstubAllGlobals();
});

const QUESTION = "May you be seen and heard in the recording?";

/** A server that keeps the answer, and may be broken for the next one. */
function open(kept_days: number, first: Consent | null) {
  const server = { answer: first, broken: false };
  const asked = serve(({ method, body }) => {
    if (method === "PUT" && server.broken) return refused(503, "unavailable");
    if (method === "PUT") server.answer = { ...(body as { yes: boolean }), at: "2026-11-24T10:00:00Z" };
    return { kept_days, answer: server.answer };
  });
  showPage(<RecordingBeforeJoining sessionId="s" />);
  return { asked, server, user: userEvent.setup() };
}
const part = async () => within(await screen.findByRole("region", { name: "Recording" }));

it("asks with two equal answers, and then shows the answer with its day", async () => {
  const { asked, user } = open(30, null);
  const region = await part();
  expect(region.getByText(/may be recorded\. A recording is kept for 30 days\./)).toBeDefined();
  expect(region.getByText(QUESTION)).toBeDefined();
  const [one, other] = region.getAllByRole("button");
  expect([one?.textContent, other?.textContent]).toEqual(["Yes, record me", "No, leave me out"]);
  expect(one?.className).toBe(other?.className);
  await user.click(one as HTMLElement);
  expect(await region.findByText(/You said yes on 24 November\./)).toBeDefined();
  expect(asked.at(-1)).toMatchObject({
    method: "PUT",
    path: "/sessions/s/recording_consent",
    body: { yes: true },
  });
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Change my answer"));
});

it("shows the answer of before, which can be changed", async () => {
  const { user } = open(30, { yes: true, at: "2026-11-03T10:00:00Z" });
  const region = await part();
  expect(region.getByText(/You said yes on 3 November\./)).toBeDefined();
  await user.click(region.getByRole("button", { name: "Change my answer" }));
  expect(document.activeElement?.textContent).toBe(QUESTION);
  await user.click(region.getByRole("button", { name: "No, leave me out" }));
  expect(
    await region.findByText(/You said no on 24 November: you are neither seen nor heard in it\./),
  ).toBeDefined();
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Change my answer"));
});

it("says when an answer did not arrive, and asks on", async () => {
  const { server, user } = open(30, null);
  const region = await part();
  server.broken = true;
  await user.click(region.getByRole("button", { name: "Yes, record me" }));
  expect(await region.findByText("We are not ready just now. Try again in a moment.")).toBeDefined();
  server.broken = false;
  await user.click(region.getByRole("button", { name: "Yes, record me" }));
  expect(await region.findByText(/You said yes/)).toBeDefined();
});

it("asks nothing where nothing is recorded, nor a guest", async () => {
  const { asked } = open(0, null);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(screen.queryByRole("region", { name: "Recording" })).toBeNull();
  cleanup();
  useAccount.setState({ me: null });
  const other = open(30, null);
  await new Promise((done) => setTimeout(done, 50));
  expect(other.asked).toEqual([]);
});
