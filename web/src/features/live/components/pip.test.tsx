import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { enter, layOut } from "./room-for-tests";

vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => layOut());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A browser that opens small windows; the window is a frame of this page. */
function withSmallWindows() {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  const small = frame.contentWindow as Window;
  const closed = vi.spyOn(small, "close").mockImplementation(() => undefined);
  vi.stubGlobal("documentPictureInPicture", { requestWindow: () => Promise.resolve(small) });
  return { body: within(small.document.body), small, closed };
}

const openMore = async (user: ReturnType<typeof enter>["user"]) => {
  await user.click(screen.getByRole("button", { name: "More" }));
};

describe("the small window", () => {
  it("is not offered where the browser has none", async () => {
    const { user } = enter();
    await openMore(user);
    expect(screen.queryByRole("button", { name: "Picture in a small window" })).toBeNull();
  });

  it("shows who speaks with Mute and Leave, is watched by itself, and closes", async () => {
    const { body, closed } = withSmallWindows();
    const { user, engine } = enter();
    const apart = vi.spyOn(engine, "watchApart");
    await openMore(user);
    await user.click(screen.getByRole("button", { name: "Picture in a small window" }));
    await waitFor(() => expect(body.getByText("Ada Hill")).toBeDefined());
    expect(body.getByRole("button", { name: "Unmute" })).toBeDefined();
    expect(body.getByRole("button", { name: "Leave" })).toBeDefined();
    act(() => engine.store.setState({ lastSpeaker: "cem" }));
    expect(body.getByText("Cem Hill")).toBeDefined();
    expect(apart).toHaveBeenLastCalledWith([expect.objectContaining({ seat_id: "cem", source: "camera" })]);
    await openMore(user);
    await user.click(screen.getByRole("button", { name: "Close the small window" }));
    expect(closed).toHaveBeenCalled();
    expect(apart).toHaveBeenLastCalledWith([]);
  });

  it("says the word as long as the class is recorded", async () => {
    const { body } = withSmallWindows();
    const { user, engine } = enter();
    const record = (recording: { id: string; since: string } | null) =>
      act(() => engine.store.setState(({ desk }) => ({ desk: { ...desk, recording } })));
    await openMore(user);
    await user.click(screen.getByRole("button", { name: "Picture in a small window" }));
    await waitFor(() => expect(body.getByText("Ada Hill")).toBeDefined());
    expect(body.queryByText("Recording")).toBeNull();
    record({ id: "r1", since: "2026-11-24T10:36:00Z" });
    expect(body.getByText("Recording")).toBeDefined();
    record(null);
    expect(body.queryByText("Recording")).toBeNull();
  });

  it("closes with the room", async () => {
    const { body, closed } = withSmallWindows();
    const { user } = enter();
    await openMore(user);
    await user.click(screen.getByRole("button", { name: "Picture in a small window" }));
    await waitFor(() => expect(body.getByText("Ada Hill")).toBeDefined());
    cleanup();
    expect(closed).toHaveBeenCalled();
  });
});
