import { act, cleanup, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { person } from "../../engine/fakes";
import type { DocumentView } from "../../engine/protocol";
import type { RoomState } from "../../engine/state";
import { emptyDesk } from "../../engine/state";
import { enter, layOut } from "../room-for-tests";

// The surface itself needs a canvas; that it is there is enough here.
vi.mock("../../board/board-stage", () => ({
  default: ({ document, tabs }: { document: DocumentView; tabs: React.ReactNode }) => (
    <>
      {tabs}
      <p>Surface of {document.title}</p>
    </>
  ),
}));

vi.setConfig({ testTimeout: 30_000 });
beforeEach(() => layOut());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const board = (id: string, title = "Whiteboard"): DocumentView => ({
  id,
  title,
  kind: "board",
  breakout_id: null,
  made_by: "user of ada",
  created_at: "2026-11-23T10:00:00Z",
});
type Entered = ReturnType<typeof enter>;
const set = ({ engine }: Entered, state: Partial<RoomState>) => act(() => engine.store.setState(state));
const show = (room: Entered, shown: string | null) =>
  set(room, { desk: { ...room.engine.store.getState().desk, shown } });
const closed = { desk: { ...emptyDesk, rules: { ...emptyDesk.rules, draw: false } } };
const tab = (name: RegExp | string) => screen.getByRole("tab", { name });

describe("the whiteboard", () => {
  it("comes with its key, and goes with it", async () => {
    const { user } = enter("fay", { documents: [board("b")] });
    expect(screen.queryByRole("tablist", { name: "On the stage" })).toBeNull();
    await user.keyboard("w");
    expect(await screen.findByText("Surface of Whiteboard")).toBeDefined();
    expect(tab("Whiteboard").getAttribute("aria-selected")).toBe("true");
    await user.keyboard("w");
    expect(screen.queryByText("Surface of Whiteboard")).toBeNull();
  });

  it("is under More, with its key", async () => {
    const { user } = enter("fay", { documents: [board("b")] });
    await user.click(screen.getByRole("button", { name: "More" }));
    const choice = screen.getByRole("button", { name: "Whiteboard" });
    expect(choice.getAttribute("aria-keyshortcuts")).toBe("W");
    await user.click(choice);
    expect(await screen.findByText("Surface of Whiteboard")).toBeDefined();
  });

  it("is made by the first who asks for it and may draw", async () => {
    const room = enter("fay");
    const make = vi.spyOn(room.engine.documents, "make").mockResolvedValue(board("new"));
    await room.user.keyboard("w");
    expect(make).toHaveBeenCalledExactlyOnceWith("board", "Whiteboard", true);
    set(room, { documents: [board("new")] });
    expect(await screen.findByText("Surface of Whiteboard")).toBeDefined();
  });

  it("is not made by who may not draw, and that is said", async () => {
    const room = enter("fay", closed);
    const make = vi.spyOn(room.engine.documents, "make");
    await room.user.keyboard("w");
    expect(make).not.toHaveBeenCalled();
    expect(screen.getAllByText("There is no whiteboard yet. A host can make one.").length).toBeGreaterThan(0);
  });

  it("is on everybody's stage when a host shows it, and its end goes back", async () => {
    const room = enter("fay", { documents: [board("b", "Harbour")] });
    show(room, "b");
    expect(await screen.findByText("Surface of Harbour")).toBeDefined();
    await room.user.click(tab("People"));
    expect(screen.queryByText("Surface of Harbour")).toBeNull();
    await room.user.click(tab("Whiteboard"));
    show(room, null);
    expect(screen.getByText("Surface of Harbour")).toBeDefined();
    await room.user.click(tab("People"));
    show(room, "b");
    show(room, null);
    expect(screen.queryByText("Surface of Harbour")).toBeNull();
  });

  it("stands beside a screen that is shared, and the arrow keys go along the tabs", async () => {
    const room = enter("fay", { documents: [board("b")] });
    const state = { microphone: true, camera: true, screen: true };
    const ada = person("ada", { name: "Ada Hill", role: "staff", state });
    act(() => room.engine.store.setState(({ people }) => ({ people: { ...people, ada } })));
    const names = within(screen.getByRole("tablist", { name: "On the stage" })).getAllByRole("tab");
    expect(names.map(({ textContent }) => textContent)).toEqual(["Ada’s screen", "Whiteboard", "Notes"]);
    act(() => tab("Ada’s screen").focus());
    await room.user.keyboard("{ArrowRight}");
    expect(document.activeElement).toBe(tab("Whiteboard"));
    expect(tab("Ada’s screen").getAttribute("aria-selected")).toBe("true");
    await room.user.keyboard("{Enter}");
    expect(await screen.findByText("Surface of Whiteboard")).toBeDefined();
    await room.user.click(tab("Ada’s screen"));
    expect(screen.getByRole("group", { name: /Picture of the screen/ })).toBeDefined();
  });
});

describe("several boards", () => {
  const boards = { documents: [board("a", "First"), board("b", "Second")] };
  const open = async (as: string, more: Partial<RoomState> = {}) => {
    const room = enter(as, { ...boards, ...more });
    await room.user.keyboard("w");
    await screen.findByText("Surface of First");
    const press = screen.queryByRole("button", { name: "Boards: First" });
    if (press) await room.user.click(press);
    const asked = vi.spyOn(room.engine, "act").mockResolvedValue();
    return { ...room, asked };
  };

  it("are in a list, and can be made and named", async () => {
    const { user, engine } = await open("fay");
    const make = vi.spyOn(engine.documents, "make").mockResolvedValue(board("b", "Second"));
    const dialog = await screen.findByRole("dialog", { name: "Boards" });
    expect(within(dialog).queryByRole("button", { name: "Remove" })).toBeNull();
    await user.click(within(dialog).getByRole("button", { name: "Second" }));
    expect(await screen.findByText("Surface of Second")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Boards: Second" }));
    await user.click(await screen.findByRole("button", { name: "New board" }));
    const name = screen.getByRole("textbox", { name: "Name" });
    await user.clear(name);
    await user.type(name, "Third");
    await user.click(screen.getByRole("button", { name: "Make the board" }));
    expect(make).toHaveBeenCalledExactlyOnceWith("board", "Third", false);
  });

  it("are shown to everyone, and removed after a question, by hosts", async () => {
    const { user, asked } = await open("ada");
    const dialog = await screen.findByRole("dialog", { name: "Boards" });
    await user.click(within(dialog).getByRole("button", { name: "Show to everyone" }));
    expect(asked).toHaveBeenLastCalledWith("show_document", { document_id: "a" });
    await user.click(screen.getByRole("button", { name: "Boards: First" }));
    await user.click(await screen.findByRole("button", { name: "Remove" }));
    expect(asked).toHaveBeenCalledTimes(1);
    expect(screen.getByRole("dialog", { name: "Remove “First”?" })).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Remove for everyone" }));
    expect(asked).toHaveBeenLastCalledWith("remove_document", { document_id: "a" });
  });

  it("cannot be made or named by who may not draw", async () => {
    await open("fay", closed);
    const dialog = await screen.findByRole("dialog", { name: "Boards" });
    expect(within(dialog).queryByRole("button", { name: "New board" })).toBeNull();
    expect(within(dialog).queryByRole("button", { name: "Rename" })).toBeNull();
  });
});
