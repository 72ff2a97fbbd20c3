// What a session made, on its page: notes to read and take along, boards as what is written on them.
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import * as Y from "yjs";

import { refused, serve, showPage } from "../../../lib/test-page";
import { Board } from "../board/objects";
import { toBase64 } from "../engine/bytes";
import { DocumentsLink } from "./documents-link";
import { DocumentsPage } from "./documents-page";

// jsdom has no canvas.
vi.mock("../board/print", () => ({ print: () => Promise.resolve(document.createElement("canvas")) }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const view = (id: string, kind: string, title: string) => ({
  id,
  kind,
  title,
  breakout_id: null,
  created_at: "2026-11-24T10:30:00Z",
  made_by: "Ben Carver",
});
const made = (...documents: object[]) => ({
  title: "Art studio: paper collage",
  starts_at: "2026-11-24T13:00:00Z",
  time_zone: "Europe/London",
  documents,
});

function opened(document: object, fill: (doc: Y.Doc) => void, name = "Tom Okafor") {
  const doc = new Y.Doc();
  fill(doc);
  return {
    document,
    seq: 0,
    update: toBase64(Y.encodeStateAsUpdate(doc)),
    state: "",
    deflated: false,
    writers: [{ client: doc.clientID, name, user_id: "u" }],
  };
}

function paragraph(words: string): Y.XmlElement {
  const element = new Y.XmlElement("paragraph");
  element.insert(0, [new Y.XmlText(words)]);
  return element;
}

test("shows notes and boards, notes first", async () => {
  const [board, notes] = [view("b", "board", "Harbour"), view("n", "notes", "Notes")];
  serve(({ path }) => {
    if (path.endsWith("/documents")) return made(board, notes);
    if (path.endsWith("/n"))
      return opened(notes, (doc) => doc.getXmlFragment("notes").insert(0, [paragraph("Tear slowly")]));
    return opened(board, (doc) => {
      new Board(doc).put([
        { id: "1", type: "text", x: 0, y: 0, width: 90, height: 20, text: "A big sun", index: "a0" },
        { id: "2", type: "ellipse", x: 0, y: 90, width: 50, height: 50, index: "a1" },
      ]);
    });
  });
  showPage(<DocumentsPage sessionId="s" />);
  await screen.findByRole("heading", { level: 1, name: "Art studio: paper collage" });
  const paper = await screen.findByRole("textbox", { name: "Notes" });
  expect(paper.textContent).toBe("Tear slowly");
  expect(paper.getAttribute("contenteditable")).toBe("false");
  expect(screen.queryByText("Nothing was written here.")).toBeNull();
  const harbour = await screen.findByRole("region", { name: "Harbour" });
  await within(harbour).findByText(/Text, by Tom Okafor: A big sun/);
  expect(harbour.textContent).toContain("by Tom Okafor");
  await within(harbour).findByRole("img", { name: "2 things are on the board." });
  expect(screen.getAllByRole("heading", { level: 2 }).map((one) => one.textContent)).toEqual([
    "Notes",
    "Harbour",
  ]);
});

test("saves the notes as a file with the name of the class and the day", async () => {
  const notes = view("n", "notes", "Notes");
  serve(({ path }) =>
    path.endsWith("/documents")
      ? made(notes)
      : opened(notes, (doc) => doc.getXmlFragment("notes").insert(0, [paragraph("1 < 2 & 3")])),
  );
  const saved: { name: string; text: Promise<string> }[] = [];
  let blob = new Blob();
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: (one: Blob) => ((blob = one), "blob:x") }));
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, text: read(blob) });
  });
  const user = userEvent.setup();
  showPage(<DocumentsPage sessionId="s" />);
  const download = await screen.findByRole("button", { name: "Download" });
  expect(download.getAttribute("aria-expanded")).toBe("false");
  await user.click(download);
  await user.click(screen.getByRole("button", { name: "Web page .html" }));
  await user.click(screen.getByRole("button", { name: "Text .txt" }));
  expect(saved.map((one) => one.name)).toEqual([
    "Art-studio-paper-collage-2026-11-24.html",
    "Art-studio-paper-collage-2026-11-24.txt",
  ]);
  expect(await saved[0]?.text).toContain("<p>1 &lt; 2 &amp; 3</p>");
  expect(await saved[1]?.text).toBe("1 < 2 & 3\n");
});

test("opens a few at once and the others when they are asked for", async () => {
  const all = ["1", "2", "3", "4"].map((id) => view(id, "board", `Board ${id}`));
  const asked = serve(({ path }) =>
    path.endsWith("/documents") ? made(...all) : opened(all[0]!, () => undefined),
  );
  const user = userEvent.setup();
  showPage(<DocumentsPage sessionId="s" />);
  await user.click(await screen.findByRole("button", { name: "Show" }));
  await waitFor(() => expect(asked.filter((one) => /documents\/\d/.test(one.path))).toHaveLength(4));
});

test("says so where nothing was made", async () => {
  serve(() => made());
  showPage(<DocumentsPage sessionId="s" />);
  await screen.findByText("Nothing was drawn or written");
});

test("the way to it is there when there is something, and no trouble when it cannot be asked", async () => {
  serve(() => made(view("n", "notes", "Notes")));
  showPage(<DocumentsLink sessionId="s" />);
  const link = await screen.findByRole("link", { name: "Boards and notes" });
  expect(link.getAttribute("href")).toBe("/sessions/s/documents");
  cleanup();
  const asked = serve(() => refused(403, "not-enrolled"));
  showPage(<DocumentsLink sessionId="t" />);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(screen.queryByRole("link")).toBeNull();
});

function read(blob: Blob): Promise<string> {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as string);
    reader.readAsText(blob);
  });
}
