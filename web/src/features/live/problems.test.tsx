// What a recording, a board or the room is refused is said in the page's own words, not in the server's.
import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { Failed } from "../../components/ui/loaded";
import { Refused } from "../../lib/api";
import { showPage } from "../../lib/test-page";
import { Condition } from "./board/condition";
import { refusal } from "./engine/fakes";
import type { SharedDocument } from "./engine/shared-document";

const state = vi.hoisted(() => ({ phase: "open", unsaved: false, problem: {} }));
vi.mock("./board/use-shared", () => ({
  useDocumentState: (_: unknown, select: (from: typeof state) => unknown) => select(state),
}));

afterEach(cleanup);

test.each([
  ["answers-too-often", 429, /^You have changed your answer very often within an hour\./],
  ["may-not-draw", 403, /^Only the hosts draw and write for now\./],
  ["document-full", 409, /^There is no room for more in it\./],
  ["out-of-step", 409, /^This does not fit what is there now\./],
  ["no-ffmpeg", 409, /^This server has no ffmpeg\./],
  ["nothing-to-show", 409, /^Nobody is in this recording who may be shown\./],
])("%s", async (type, status, sentence) => {
  showPage(
    <Failed error={new Refused({ ...refusal(type, status), type, detail: "In the server's words." })} />,
  );
  expect((await screen.findByRole("alert")).textContent).toMatch(sentence);
});

test("a board says so too", async () => {
  state.problem = { ...refusal("may-not-draw", 403), type: "may-not-draw", detail: "In the server's words." };
  showPage(<Condition shared={{} as SharedDocument} />);
  expect((await screen.findByRole("status")).textContent).toMatch(/^Only the hosts draw and write for now\./);
});
