// A recording on its page: which there are, where one is in it, by button, slider and key, and how it goes away.
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";

import type { Me } from "../../../contract/types";
import { useAccount } from "../../../lib/account";
import { type Asked, refused, serve, showPage } from "../../../lib/test-page";
import { Board } from "../board/objects";
import { toBase64 } from "../engine/bytes";
import { ReplayPage } from "./replay-page";

// jsdom has no canvas.
vi.mock("../board/print", () => ({ print: () => Promise.resolve(document.createElement("canvas")) }));

const recording = {
  id: "r1",
  session_id: "s1",
  state: "ready",
  because: "over",
  started_at: "2026-11-23T10:00:00Z",
  ended_at: "2026-11-23T10:45:00Z",
  ms: 2_700_000,
  bytes: 9,
  kept_until: "2026-12-23T10:45:00Z",
};
const track = (id: string, name: string, source: string, starts_ms = 0, ms = 2_700_000) => ({
  id,
  name,
  source,
  starts_ms,
  ms,
  seat_id: `seat of ${name}`,
  user_id: name,
  bytes: 3,
});
const replay = {
  recording,
  title: "Gentle movement",
  program: { id: "p1", title: "Weekday Together", slug: "weekday" },
  tracks: [
    track("t1", "Maya Osei", "microphone"),
    track("t2", "Maya Osei", "camera"),
    track("t3", "Rosa Delgado", "microphone"),
    track("t4", "Maya Osei", "screen", 600_000, 300_000),
  ],
  chat: [
    { id: "m1", at_ms: 125_000, user_id: "u", name: "Rosa Delgado", text: "Good morning", image: false },
  ],
  captions: [
    { id: "c1", at_ms: 0, until_ms: 2_000, name: "Maya Osei", language: "en", text: "Good morning all" },
    {
      id: "c2",
      at_ms: 300_000,
      until_ms: 302_000,
      name: "Rosa Delgado",
      language: null,
      text: "A café by the sea",
    },
  ],
  boards: [
    { id: "b1", kind: "board", title: "Harbour", breakout_id: null, made_by: "Maya Osei", created_at: "" },
  ],
  chapters: [
    { at_ms: 0, kind: "start", label: "" },
    { at_ms: 600_000, kind: "screen", label: "Maya Osei" },
  ],
};
const session = {
  id: "s1",
  program_id: "p1",
  title: "Gentle movement",
  starts_at: "2026-11-23T10:00:00Z",
  ends_at: "2026-11-23T10:45:00Z",
};

const viewers = [
  { user_id: "u1", name: "Rosa Delgado", times: 2, last_at: "2026-11-24T09:00:00Z" },
  { user_id: "u2", name: "Tom Webb", times: 1, last_at: "2026-11-23T18:00:00Z" },
];

/** A note that comes after a second. */
function film() {
  const doc = new Y.Doc();
  new Board(doc).put([
    { id: "n", type: "text", x: 0, y: 0, width: 90, height: 20, text: "A big sun", index: "a0" },
  ]);
  const update = toBase64(Y.encodeStateAsUpdate(doc));
  return { document: {}, frames: [{ at_ms: 1000, update }], makers: { n: "Maya Osei" } };
}

interface Given {
  recordings?: unknown[];
  mayDelete?: boolean;
  part?: string;
  from?: number;
  /** What opening it answers, or what makes the answer. */
  opened?: unknown;
  consent?: (asked: Asked) => unknown;
}

function show({
  recordings = [recording],
  mayDelete = false,
  part,
  from = 0,
  opened = replay,
  consent = () => ({ kept_days: 30, answer: null }),
}: Given): Asked[] {
  const asked = serve((one) => {
    const { method, path } = one;
    if (method === "DELETE") return new Response(null, { status: 204 });
    if (path === "/sessions/s1") return session;
    if (path.endsWith("/boards/b1")) return film();
    if (path.endsWith("/video"))
      return { state: "none", percent: 0, bytes: 0, made_at: null, may_make: true };
    if (path.endsWith("/viewers")) return { viewers };
    if (path.endsWith("/documents")) return { documents: [] };
    if (path.endsWith("/recordings")) return { recordings, may_delete: mayDelete, kept_days: 30 };
    if (path.endsWith("/recording_consent")) return consent(one);
    return typeof opened === "function" ? (opened as () => unknown)() : opened;
  });
  showPage(<ReplayPage sessionId="s1" part={part} from={from} onPart={() => undefined} />);
  return asked;
}

const slider = () => screen.findByRole<HTMLInputElement>("slider", { name: "Place in the recording" });

beforeEach(() => {
  vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
  vi.spyOn(HTMLMediaElement.prototype, "pause").mockImplementation(() => undefined);
  // What jsdom lacks of a dialog.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  useAccount.setState({ me: null });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test("everybody who sent something is there, and a screen in its own time", async () => {
  show({});
  expect(await screen.findByRole("heading", { level: 1, name: "Gentle movement" })).toBeTruthy();
  expect(await screen.findByLabelText("Picture of Maya Osei")).toBeTruthy();
  expect(screen.getByText("Rosa Delgado", { selector: ".rp-name" })).toBeTruthy();
  expect(screen.queryByLabelText("Screen of Maya Osei")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: /Maya Osei shares a screen/ }));
  expect(await screen.findByLabelText("Screen of Maya Osei")).toBeTruthy();
  expect((await slider()).value).toBe("600000");
  expect(screen.getByText("10:00 / 45:00")).toBeTruthy();
});

test("a track that cannot be played is left out with a quiet word, and can be tried again", async () => {
  show({});
  const picture = await screen.findByLabelText("Picture of Maya Osei");
  expect(screen.queryByText("One track cannot be played.")).toBeNull();
  fireEvent.error(picture);
  expect((await screen.findByText("One track cannot be played.")).closest("[role=status]")).toBeTruthy();
  expect(screen.queryByLabelText("Picture of Maya Osei")).toBeNull();
  // Her voice is there still, and her name with it.
  expect(screen.getByText("Maya Osei", { selector: ".rp-name" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByLabelText("Picture of Maya Osei")).toBeTruthy();
  expect(screen.queryByText("One track cannot be played.")).toBeNull();
});

test("a class of very many has few media elements at once, and who is not heard is told", async () => {
  const tracks = Array.from({ length: 40 }, (_, i) => [
    track(`v${i}`, `Person ${i}`, "microphone"),
    track(`c${i}`, `Person ${i}`, "camera"),
  ]).flat();
  show({ opened: { ...replay, tracks } });
  expect(await screen.findByText(/^20 voices are left out/)).toBeTruthy();
  expect(document.querySelectorAll("audio, video").length).toBe(24);
});

test("it begins where the address says, and the slider says where it is", async () => {
  show({ from: 65 });
  expect((await slider()).getAttribute("aria-valuetext")).toBe("1 minute 5 seconds of 45 minutes");
  expect(screen.getByText("1:05 / 45:00")).toBeTruthy();
});

test("keys play, go on and back, and change the speed; the slider's own arrows go by five seconds", async () => {
  show({});
  await slider();
  await userEvent.keyboard(" ");
  expect(screen.getByRole("button", { name: "Pause" })).toBeTruthy();
  await userEvent.keyboard("k");
  expect(screen.getByRole("button", { name: "Play" })).toBeTruthy();
  await userEvent.keyboard("llj{ArrowRight}");
  expect((await slider()).value).toBe("15000");
  (await slider()).focus();
  await userEvent.keyboard("{ArrowRight}{PageUp}");
  expect((await slider()).value).toBe("80000");
  await userEvent.keyboard(">");
  expect(screen.getByRole<HTMLSelectElement>("combobox", { name: "Speed" }).value).toBe("1.25");
  await userEvent.keyboard("m");
  expect(screen.getByRole("button", { name: "Sound on" }).getAttribute("aria-pressed")).toBe("true");
});

test("what was written leads to when it was written", async () => {
  show({});
  await userEvent.click(await screen.findByRole("tab", { name: /Chat/ }));
  expect(screen.getByText("Good morning")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: /Rosa Delgado/ }));
  expect((await slider()).value).toBe("125000");
});

test("captions stand under the picture, can be turned off, and are found by their words", async () => {
  show({});
  expect(await screen.findByText("Good morning all", { selector: ".rp-captions p" })).toBeTruthy();
  await userEvent.click(screen.getByRole("tab", { name: "Transcript" }));
  await userEvent.type(screen.getByRole("searchbox", { name: "Search the transcript" }), "CAFE");
  expect(screen.queryByRole("button", { name: /Good morning all/ })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: /A café by the sea/ }));
  expect((await slider()).value).toBe("300000");
  expect(screen.getByText("A café by the sea", { selector: ".rp-captions p" })).toBeTruthy();
  await userEvent.type(screen.getByRole("searchbox"), " nothing");
  expect(screen.getByText("Nobody said that.")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Captions" }));
  expect(document.querySelector(".rp-captions")).toBeNull();
});

test("staff delete it after a question, others cannot", async () => {
  const asked = show({ mayDelete: true });
  await userEvent.click(await screen.findByRole("button", { name: "Delete the recording" }));
  const dialog = screen.getByRole("dialog", { name: "Delete this recording?" });
  await userEvent.click(within(dialog).getByRole("button", { name: "Delete" }));
  expect(asked.some(({ method, path }) => method === "DELETE" && path === "/recordings/r1")).toBe(true);
  cleanup();
  show({});
  await slider();
  expect(screen.queryByRole("button", { name: "Delete the recording" })).toBeNull();
});

test("whoever watches sees their answer and can change it; the recording is loaded anew and goes on where it was", async () => {
  const server = { answer: { yes: true, at: "2026-11-03T10:00:00Z" }, tooOften: false };
  useAccount.setState({ me: { time_zone: "Europe/London" } as Me });
  const asked = show({
    opened: () => ({ ...replay, tracks: server.answer.yes ? replay.tracks : replay.tracks.slice(0, 2) }),
    consent: ({ method, body }) => {
      if (method === "PUT" && server.tooOften) return refused(429, "answers-too-often");
      if (method === "PUT") server.answer = { ...(body as { yes: boolean }), at: "2026-11-24T10:00:00Z" };
      return { kept_days: 30, answer: server.answer };
    },
  });
  const mine = within(await screen.findByRole("region", { name: "My answer" }));
  expect(mine.getByText(/You said yes on 3 November\./)).toBeTruthy();
  expect(mine.getByText(/^A “no” takes you out of all recordings of this program at once/)).toBeTruthy();
  expect(await screen.findByText("Rosa Delgado", { selector: ".rp-name" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: /A café by the sea|Maya Osei shares a screen/ }));
  const opened = () => asked.filter(({ path }) => path === "/recordings/r1").length;
  expect(opened()).toBe(1);
  await userEvent.click(mine.getByRole("button", { name: "Change my answer" }));
  await userEvent.click(mine.getByRole("button", { name: "No, leave me out" }));
  expect(await mine.findByText(/You said no on 24 November/)).toBeTruthy();
  const rosa = () => screen.queryByText("Rosa Delgado", { selector: ".rp-name" });
  await waitFor(() => expect(rosa()).toBeNull());
  expect((await slider()).value).toBe("600000");
  expect(rosa()).toBeNull();
  expect(opened()).toBe(2);
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Change my answer"));
  server.tooOften = true;
  await userEvent.click(mine.getByRole("button", { name: "Change my answer" }));
  await userEvent.click(mine.getByRole("button", { name: "Yes, record me" }));
  expect(await mine.findByText(/^You have changed your answer very often within an hour/)).toBeTruthy();
  expect(opened()).toBe(2);
});

test("my answer is there while older recordings can be watched, though nothing new is recorded", async () => {
  useAccount.setState({ me: { time_zone: "Europe/London" } as Me });
  show({ consent: () => ({ kept_days: 0, answer: null }) });
  const mine = within(await screen.findByRole("region", { name: "My answer" }));
  expect(mine.getByText("May you be seen and heard in the recording?")).toBeTruthy();
});

test("staff can have one video made of it, others are not told of that", async () => {
  show({ mayDelete: true });
  expect(await screen.findByRole("button", { name: "Make one video" })).toBeTruthy();
  cleanup();
  const asked = show({});
  await slider();
  expect(screen.queryByRole("heading", { name: "One video (MP4)" })).toBeNull();
  expect(asked.some(({ path }) => path.endsWith("/video"))).toBe(false);
});

test("staff see who watched, once they ask", async () => {
  const asked = show({ mayDelete: true });
  const summary = await screen.findByText("Who watched");
  expect(asked.some(({ path }) => path.endsWith("/viewers"))).toBe(false);
  const details = summary.closest("details")!;
  details.open = true;
  // jsdom tells of no toggle by itself.
  fireEvent(details, new Event("toggle"));
  const watched = await screen.findByText("Tom Webb");
  expect(watched.closest("li")!.textContent).toMatch(/once, on/);
  expect(watched.closest("ul")!.textContent).toMatch(/Rosa Delgado 2 times, last on/);
});

test("a board of the class is shown as it was", async () => {
  show({ from: 2 });
  await userEvent.click(await screen.findByRole("button", { name: "Harbour" }));
  await screen.findByText(/A big sun/);
  expect(screen.getByText(/A big sun/).textContent).toMatch(/by Maya Osei/);
  fireEvent.change(await slider(), { target: { value: "0" } });
  await screen.findByRole("img", { name: /Nothing is on the board yet/ });
  await userEvent.click(screen.getByRole("button", { name: "People" }));
  expect(screen.queryByRole("img", { name: /on the board/ })).toBeNull();
});

test("parts can be chosen, one that runs is told, and what is gone says so", async () => {
  show({
    recordings: [recording, { ...recording, id: "r2" }, { ...recording, id: "r3", state: "running" }],
    part: "r2",
  });
  expect((await screen.findByRole("button", { name: "Part 2" })).getAttribute("aria-pressed")).toBe("true");
  expect(screen.getByText(/is being recorded/)).toBeTruthy();
  cleanup();
  show({ recordings: [{ ...recording, state: "deleted" }] });
  expect(await screen.findByText("The recording was deleted")).toBeTruthy();
  cleanup();
  show({ recordings: [] });
  expect(await screen.findByText("There is no recording")).toBeTruthy();
});

test("a refusal is told in its words", async () => {
  show({ opened: refused(410, "recording-deleted") });
  expect(await screen.findByRole("alert")).toBeTruthy();
});
