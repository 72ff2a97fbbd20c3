// One video of a recording, as its staff see it: asked for, made, taken along, deleted; and why it cannot be.
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { VideoView } from "../../../contract/types";
import { refused, serve, showPage } from "../../../lib/test-page";
import { OneVideo } from "./video";

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  // What jsdom lacks of a dialog.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const NONE: VideoView = { state: "none", percent: 0, bytes: 0, made_at: null, may_make: true };
const READY: VideoView = {
  ...NONE,
  state: "ready",
  percent: 100,
  bytes: 734_003_200,
  made_at: "2026-11-23T12:00:00Z",
};

/** A server that is as far as the test says. */
function open(first: Partial<VideoView>) {
  const server = { view: { ...NONE, ...first }, no: null as Response | null };
  const asked = serve(({ method }) => {
    if (server.no) return server.no;
    if (method === "POST") return (server.view = { ...server.view, state: "waiting", percent: 0 });
    if (method !== "DELETE") return server.view;
    server.view = NONE;
    return new Response(null, { status: 204 });
  });
  showPage(<OneVideo recordingId="r1" />);
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  const become = (change: Partial<VideoView>) => (server.view = { ...server.view, ...change });
  return { server, asked, user, become };
}
const part = async () => within(await screen.findByRole("region", { name: "One video (MP4)" }));
const button = (name: string) => screen.findByRole("button", { name });
const spoken = () => screen.getByRole("status").textContent;
const bar = () => screen.queryByRole<HTMLProgressElement>("progressbar", { name: "How much is made" });

test("it says what it is, is asked for with one button, and shows how far it is until it is there", async () => {
  const { asked, user, become } = open({});
  const region = await part();
  expect(region.getByText(/^All pictures and sounds in one file/).textContent).toBe(
    "All pictures and sounds in one file, to keep or to show elsewhere. Without board and chat. " +
      "The server makes it beside everything else, which takes about as long as the class. " +
      "It is deleted with the recording, and when somebody who was there says no to recordings.",
  );
  await user.click(await button("Make one video"));
  expect(await region.findByText("It waits for its turn.")).toBeTruthy();
  expect(asked.filter(({ method }) => method === "POST").map(({ path }) => path)).toEqual([
    "/recordings/r1/video",
  ]);
  // The button is gone; the focus stays in this part of the page.
  await waitFor(() => expect(document.activeElement?.textContent).toBe("One video (MP4)"));
  become({ state: "making", percent: 40 });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await region.findByText("40% is made.")).toBeTruthy();
  expect(bar()?.value).toBe(40);
  expect(spoken()).toBe("");
  become(READY);
  await vi.advanceTimersByTimeAsync(2_000);
  const link = await region.findByRole<HTMLAnchorElement>("link", { name: "Download (734 MB)" });
  expect(link.getAttribute("href")).toBe("/api/v1/recordings/r1/video/file");
  expect(link.hasAttribute("download")).toBe(true);
  expect(bar()).toBeNull();
  expect(spoken()).toBe("The video is ready.");
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(asked.length).toBe(before);
});

test("one that is there already is not news, and goes away after a question", async () => {
  const { asked, user } = open(READY);
  await user.click(await button("Delete the video"));
  expect(spoken()).toBe("");
  const dialog = screen.getByRole("dialog", { name: "Delete this video?" });
  expect(document.activeElement?.textContent).toBe("Keep it");
  await user.click(within(dialog).getByRole("button", { name: "Delete" }));
  expect(await button("Make one video")).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(asked.some(({ method, path }) => method === "DELETE" && path === "/recordings/r1/video")).toBe(true);
  await waitFor(() => expect(document.activeElement?.textContent).toBe("One video (MP4)"));
});

test("while it is made it can be stopped", async () => {
  const { user } = open({ state: "making", percent: 70 });
  await user.click(await button("Stop making it"));
  const dialog = screen.getByRole("dialog", { name: "Stop making this video?" });
  await user.click(within(dialog).getByRole("button", { name: "Stop" }));
  expect(await button("Make one video")).toBeTruthy();
});

test("one that could not be made says where to look, aloud too when it happens, and can be tried again", async () => {
  const { user, become } = open({ state: "making", percent: 3 });
  await part();
  await waitFor(() => expect(bar()?.value).toBe(3));
  become({ state: "failed" });
  await vi.advanceTimersByTimeAsync(2_000);
  await waitFor(() => expect(spoken()).toBe("The video could not be made."));
  expect(screen.getByText("It could not be made. The server's log says why.")).toBeTruthy();
  await user.click(await button("Try again"));
  expect(await screen.findByText("It waits for its turn.")).toBeTruthy();
});

test("a server without ffmpeg says so and offers nothing; what was made before stays", async () => {
  open({ may_make: false });
  expect(await screen.findByText("This server has no ffmpeg. Ask who runs it to install it.")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
  cleanup();
  open({ ...READY, may_make: false });
  expect(await screen.findByRole("link", { name: /^Download/ })).toBeTruthy();
  expect(screen.queryByText(/has no ffmpeg/)).toBeNull();
});

test("a refusal is told beside the button, which stays", async () => {
  const { server, user } = open({});
  const make = await button("Make one video");
  server.no = refused(409, "nothing-to-show");
  await user.click(make);
  expect(await screen.findByRole("alert")).toBeTruthy();
  expect(await button("Make one video")).toBeTruthy();
});
