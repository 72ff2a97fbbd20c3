import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { act, cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";

import { openPage, person } from "../../engine/fakes";
import { SharedDocument } from "../../engine/shared-document";
import { EngineContext } from "../../hooks/use-room";
import { Board } from "../objects";
import { BoardList } from "./board-list";
import { harbour, note } from "./things-for-tests";

beforeEach(() => {
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
});

const WIRE = Symbol("wire");

/** My list of a board, and Tom's page, which hears and is heard. */
function open(mayDraw = true, elements = harbour()) {
  const { engine } = openPage();
  const me = person("fay");
  engine.store.setState({
    you: { seat_id: "fay", user_id: me.user_id, name: "Fay", role: me.role, host: false, waiting: false, breakout_id: null, consent: null }, // prettier-ignore
  });
  const shared = new SharedDocument("d", () => new Promise(() => undefined));
  const [mine, toms] = [shared.doc, new Y.Doc()];
  const tom = new Board(toms);
  tom.put(elements);
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(toms), WIRE);
  for (const [from, to] of [
    [mine, toms],
    [toms, mine],
  ] as const)
    // prettier-ignore
    from.on("update", (update: Uint8Array, origin: unknown) => origin !== WIRE && Y.applyUpdate(to, update, WIRE));
  shared.store.setState({
    phase: "open",
    writers: {
      [toms.clientID]: { client: toms.clientID, name: "Tom", user_id: "tom" },
      [mine.clientID]: { client: mine.clientID, name: "Fay", user_id: me.user_id },
    },
  });
  const board = new Board(mine);
  const close = vi.fn();
  const chosen: { id: string | null } = { id: null };
  function Page() {
    const [selected, select] = useState<string | null>(null);
    chosen.id = selected;
    return <BoardList {...{ shared, board, mayDraw, selected }} onSelect={select} onClose={close} />;
  }
  render(
    <I18nProvider i18n={i18n}>
      <EngineContext value={engine}>
        <Page />
      </EngineContext>
    </I18nProvider>,
  );
  return {
    board,
    tom,
    close,
    chosen,
    user: userEvent.setup(),
  };
}
type Opened = ReturnType<typeof open>;

const list = () => screen.getByRole("list", { name: "On the board" });
const rows = () => [...list().querySelectorAll<HTMLElement>(".bl-item")];
const row = (words: string) => {
  const found = rows().find(({ textContent }) => textContent?.startsWith(words));
  if (!found) throw new Error(`no ${words}`);
  return found;
};
const focused = () => document.activeElement?.textContent ?? "";
const said = () => screen.getAllByRole("status").at(-1)?.textContent ?? "";
const dialog = () => within(screen.getByRole("dialog"));
/** By keys alone: to a thing, and then to one of its buttons. */
async function reach({ user }: Opened, words: string, button: string) {
  row(words).focus();
  await user.keyboard("{Enter}");
  for (let i = 0; i < 20 && focused() !== button; i += 1) await user.tab();
  expect(focused()).toBe(button);
  await user.keyboard("{Enter}");
}

describe("the list", () => {
  it("says what is on the board, by whom and where, and begins at its heading", () => {
    open();
    expect(focused()).toBe("Board as a list");
    expect(rows()).toHaveLength(7);
    expect(row("Blue paper").textContent).toContain("Yellow note, by Tom.");
    expect(row("Blue paper").textContent).toContain("to the right of “A big sun!”");
    expect(row("A big sun!").textContent).toContain("Points at “Harbour with a red boat”.");
    expect(screen.queryByRole("searchbox")).toBeNull();
  });

  it("is one stop of Tab, with arrow keys inside that mark on the canvas", async () => {
    const { user, chosen } = open();
    expect(rows().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    rows()[0]?.focus();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(focused()).toContain("A big sun!");
    expect(chosen.id).toBe("sun");
    expect(row("A big sun!").getAttribute("aria-current")).toBe("true");
    await user.keyboard("{End}");
    expect(focused()).toContain("Blue drawing");
    await user.keyboard("{Home}{ArrowUp}");
    expect(focused()).toContain("Our harbour picture");
    expect(rows().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  });

  it("finds by words when it is long", async () => {
    const many = Array.from({ length: 20 }, (_, i) =>
      note(`n${i}`, i === 7 ? "José" : `note ${i}`, 0, i * 200),
    ).flat();
    const { user } = open(true, many);
    expect(rows()).toHaveLength(20);
    await user.type(screen.getByRole("searchbox", { name: "Find on the board" }), "jose");
    expect(rows().map(({ textContent }) => textContent?.slice(0, 4))).toEqual(["José"]);
  });

  it("only shows to whom drawing is not allowed", async () => {
    const { user, board } = open(false);
    row("Blue paper").focus();
    await user.keyboard("{Enter}{Delete}{F2}");
    expect(screen.queryByRole("button", { name: "Delete" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Add" })).toBeNull();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(board.element("sea")).not.toBeNull();
    expect(screen.getByRole("button", { name: "Read the board" })).toBeTruthy();
  });

  it("closes with Escape", async () => {
    const { user, close } = open();
    rows()[0]?.focus();
    await user.keyboard("{Escape}");
    expect(close).toHaveBeenCalledOnce();
  });
});

describe("by keys alone", () => {
  it("a text is edited", async () => {
    const page = open();
    await reach(page, "Blue paper", "Edit text");
    const box = dialog().getByRole("textbox", { name: "Text" });
    await vi.waitFor(() => expect(document.activeElement).toBe(box));
    await page.user.keyboard("{Control>}a{/Control}Red paper");
    await page.user.click(dialog().getByRole("button", { name: "Save" }));
    expect(row("Red paper").textContent).toContain("Yellow note, by Tom.");
    expect(said()).toBe("Changed. It is “Red paper” now.");
    expect(page.tom.element("sea-text")?.originalText).toBe("Red paper");
  });

  it("a thing is moved by words, and it is said", async () => {
    const page = open();
    await reach(page, "Gulls", "Move");
    const relation = dialog().getByRole("combobox", { name: "Where to" });
    await page.user.selectOptions(relation, "To the right of");
    await page.user.selectOptions(
      dialog().getByRole("combobox", { name: "Of what" }),
      "Our harbour picture (Title)",
    );
    await page.user.click(dialog().getByRole("button", { name: "Move" }));
    expect(said()).toBe("Moved “Gulls from newspaper” to the right of “Our harbour picture”.");
    expect(page.tom.element("gulls")?.x).toBeGreaterThan(330);
    expect(page.tom.element("gulls")?.y).toBeLessThan(60);
    await page.user.keyboard("{Control>}z{/Control}");
    expect(page.tom.element("gulls")).toMatchObject({ x: 440, y: 250 });
    expect(said()).toBe("Undone.");
  });

  it("a thing is moved a little, with the arrow keys", async () => {
    const page = open();
    await reach(page, "Gulls", "Move");
    dialog().getByRole("button", { name: "A little left" }).focus();
    await page.user.keyboard("{ArrowRight}{ArrowRight}{Shift>}{ArrowDown}{/Shift}");
    expect(page.tom.element("gulls")).toMatchObject({ x: 480, y: 350 });
    expect(page.tom.element("gulls-text")).toMatchObject({ x: 485, y: 400 });
    expect(dialog().getByRole("status").textContent).toContain("a little down");
  });

  it("a note is added, in a place of its own", async () => {
    const page = open();
    await page.user.click(screen.getByRole("button", { name: "Add" }));
    await page.user.type(dialog().getByRole("textbox", { name: "Text" }), "A lighthouse");
    await page.user.selectOptions(dialog().getByRole("combobox", { name: "Colour" }), "Green");
    await page.user.click(dialog().getByRole("button", { name: "Add" }));
    expect(row("A lighthouse").textContent).toContain("Green note, by you. Selected.");
    expect(said()).toBe("Added “A lighthouse”.");
    expect(page.tom.elements().at(-1)?.text).toContain("lighthouse");
  });

  it("an arrow is added between two things", async () => {
    const page = open();
    await page.user.click(screen.getByRole("button", { name: "Add" }));
    await page.user.selectOptions(
      dialog().getByRole("combobox", { name: "What" }),
      "Arrow between two things",
    );
    const [from, to] = [
      dialog().getByRole("combobox", { name: "From" }),
      dialog().getByRole("combobox", { name: "To" }),
    ];
    await page.user.selectOptions(from, "sea");
    await page.user.selectOptions(to, "sea");
    await page.user.click(dialog().getByRole("button", { name: "Add" }));
    expect(dialog().getByRole("alert").textContent).toBe("Choose two different things.");
    await page.user.selectOptions(to, "gulls");
    await page.user.click(dialog().getByRole("button", { name: "Add" }));
    expect(row("Arrow from “Blue paper for the sea” to “Gulls from newspaper”")).toBeTruthy();
  });

  it("colour, size, order, link and a copy have buttons", async () => {
    const page = open();
    await reach(page, "Blue paper", "Colour");
    await page.user.click(dialog().getByRole("button", { name: "Green" }));
    expect(said()).toBe("New colour of “Blue paper for the sea”: Green.");
    const press = (name: string) => page.user.click(screen.getByRole("button", { name }));
    await press("Bigger");
    expect(page.tom.element("sea")?.width).toBe(200);
    await press("Send to back");
    expect(page.tom.elements()[0]?.id).toBe("sea");
    await press("Duplicate");
    expect(rows()).toHaveLength(8);
    await press("Add link");
    await page.user.type(dialog().getByRole("textbox"), "javascript:alert(1)");
    await page.user.click(dialog().getByRole("button", { name: "Save" }));
    expect(dialog().getByRole("alert").textContent).toContain("whole address");
    await page.user.clear(dialog().getByRole("textbox"));
    await page.user.type(dialog().getByRole("textbox"), "sea.example");
    await page.user.click(dialog().getByRole("button", { name: "Save" }));
    expect(screen.getByRole("link", { name: /Open the link/ }).getAttribute("href")).toBe(
      "https://sea.example",
    );
  });

  it("a thing is deleted with a key, and comes back; the focus goes to the neighbour", async () => {
    const page = open();
    row("Blue paper").focus();
    await page.user.keyboard("{Delete}");
    expect(page.tom.element("sea")).toBeNull();
    expect(page.tom.element("sea-text")).toBeNull();
    expect(focused()).toContain("Arrow from");
    await page.user.click(screen.getByRole("button", { name: "Undo" }));
    expect(row("Blue paper")).toBeTruthy();
  });

  it("the whole board is read and copied", async () => {
    const page = open();
    const write = vi.spyOn(navigator.clipboard, "writeText");
    await page.user.click(screen.getByRole("button", { name: "Read the board" }));
    expect(dialog().getByText(/^Yellow note, by Tom: Blue paper for the sea/)).toBeTruthy();
    await page.user.click(dialog().getByRole("button", { name: "Copy as text" }));
    expect(write.mock.calls[0]?.[0]).toContain(
      "7 things are on the board.\n\nTitle, by Tom: Our harbour picture",
    );
  });
});

describe("what others do", () => {
  it("comes into the list without moving the focus, and is told once in a while", () => {
    vi.useFakeTimers();
    const { tom } = open();
    row("Blue paper").focus();
    act(() => tom.put(note("new", "A seal", 0, -300)));
    expect(rows()).toHaveLength(8);
    expect(focused()).toContain("Blue paper");
    expect(said()).toBe("");
    act(() => void vi.advanceTimersByTime(3000));
    expect(said()).toBe("Tom added: Yellow note “A seal”.");
    act(() => tom.put(note("n2", "A crab", 0, -600)));
    act(() => tom.put([{ ...(tom.element("sun") ?? note("sun", "", 0, 0)[0]), x: 460 } as never]));
    act(() => tom.remove(["title"]));
    act(() => void vi.advanceTimersByTime(3000));
    expect(said()).toBe("3 changes on the board.");
  });

  it("is not told when one does not want to hear it", async () => {
    const { tom, user } = open();
    await user.click(screen.getByRole("checkbox", { name: "Tell me what others change" }));
    vi.useFakeTimers();
    act(() => tom.put(note("new", "A seal", 0, -300)));
    act(() => void vi.advanceTimersByTime(9000));
    expect(said()).toBe("");
  });

  it("takes the focus to the neighbour when it deletes what has it, and says so", () => {
    const { tom } = open();
    row("Blue paper").focus();
    act(() => tom.remove(["sea", "sea-text"]));
    expect(focused()).toContain("Arrow from");
    expect(said()).toContain("“Blue paper for the sea” is not on the board any more. You are at: Arrow from");
  });

  it("cannot put another name under a thing", () => {
    const { tom } = open();
    act(() =>
      tom.put([
        {
          ...note("x", "By Ada", 0, 900)[0],
          author: "Ada",
          customData: { note: true, author: "Ada" },
        } as never,
      ]),
    );
    expect(list().textContent).not.toContain("by Ada");
  });
});
