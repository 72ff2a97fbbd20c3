import type { Editor, JSONContent } from "@tiptap/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";

import { FakePaper, type FakePage } from "../engine/fake-documents";
import { showCarets } from "./carets";
import { Copy } from "./copy";
import { newEditor } from "./editor";
import { asLink, isSafeLink } from "./links";
import { can, TOOLS } from "./tools";
import { watchWriting, WritingNews } from "./writing";

beforeEach(() => {
  vi.useFakeTimers();
  // jsdom lays nothing out; the editor asks where the cursor is to bring it into view.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect = () => new DOMRect();
  vi.stubGlobal("ClipboardEvent", Event);
  document.elementFromPoint = () => null;
});
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy();
  document.body.replaceChildren();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const editors: Editor[] = [];
const later = (ms = 500) => vi.advanceTimersByTimeAsync(ms);

function mounted(doc: Y.Doc, options: Partial<Parameters<typeof newEditor>[0]> = {}): Editor {
  const editor = newEditor({
    doc,
    editable: true,
    label: "Notes of this class",
    box: (text) => text,
    ...options,
  });
  const box = document.createElement("div");
  document.body.append(box);
  editor.mount(box);
  editors.push(editor);
  return editor;
}

async function two() {
  const paper = new FakePaper();
  const [ann, ben] = [paper.page("ann"), paper.page("ben")];
  await later();
  const edit = (page: FakePage) => mounted(page.doc, { point: (state) => page.shared.point(state) });
  return { paper, ann, ben, anns: edit(ann), bens: edit(ben) };
}

/** A list in a list in a list. */
function nested(levels: number): JSONContent {
  const words = { type: "paragraph", content: [{ type: "text", text: "deep" }] };
  const inner = levels > 1 ? [nested(levels - 1)] : [];
  return { type: "bulletList", content: [{ type: "listItem", content: [words, ...inner] }] };
}

const run = (editor: Editor, id: string) => {
  const tool = TOOLS.find((one) => one.id === id);
  return tool?.run?.(editor.chain().focus(), editor).run();
};

describe("notes that two people write", () => {
  it("become the same", async () => {
    const { anns, bens } = await two();
    anns.commands.insertContent("Paper");
    run(anns, "heading1");
    await later();
    bens.commands.focus("end");
    bens.chain().insertContent("<p><strong>Glue</strong> and time</p>").run();
    await later();
    expect(bens.getJSON()).toEqual(anns.getJSON());
    expect(anns.getText()).toBe("Paper\n\nGlue and time");
    expect(anns.view.dom.querySelector("h3")?.textContent).toBe("Paper");
  });

  it("nothing is written by looking at them", async () => {
    const { paper, ann, ben } = await two();
    await later();
    expect([...ann.heard("write_document"), ...ben.heard("write_document")]).toEqual([]);
    expect(paper.seq).toBe(0);
  });

  it("undo takes back what one wrote oneself", async () => {
    const { anns, bens } = await two();
    anns.commands.insertContent("mine ");
    await later(1000);
    bens.commands.insertContentAt(bens.state.doc.content.size - 1, "theirs");
    await later(1000);
    run(bens, "undo");
    await later();
    expect(anns.getText()).toBe("mine ");
    expect(can(bens, TOOLS[0]!)).toBe(false);
    run(bens, "redo");
    await later();
    expect(anns.getText()).toBe("mine theirs");
  });

  it("what the server knows fits its rules: one root, elements, text and marks", async () => {
    const { paper, anns } = await two();
    anns.commands.setContent(
      "<h1>A</h1><ul><li>b<ol><li>c</li></ol></li></ul><blockquote><p><u>d</u></p></blockquote>" +
        '<p><a href="https://example.org">e</a></p>',
    );
    run(anns, "checks");
    await later();
    expect([...paper.doc.share.keys()]).toEqual(["notes"]);
    expect(paper.doc.getXmlFragment("notes").toJSON()).toContain("taskitem");
  });

  it("keeps what only the schema knows, and no picture or address that runs something", async () => {
    const { anns } = await two();
    anns.view.pasteHTML(
      '<h4>Title</h4><img src="x" onerror="alert(1)"><script>1</script><table><tr><td>cell</td></tr></table>' +
        '<p style="color:red"><a href="javascript:alert(1)">bad</a> <a href="https://example.org">good</a></p>',
    );
    const html = anns.getHTML();
    expect(html).not.toMatch(/img|script|style|table/);
    expect(html).toContain('href="https://example.org"');
    expect(html).toContain("cell");
    const { rel } = anns.view.dom.querySelector("a") ?? { rel: "" };
    expect(rel).toContain("noopener");
  });

  it("what would be too much for the server stays out, and it is said", async () => {
    const { ann } = await two();
    const onTooMuch = vi.fn();
    const editor = mounted(ann.doc, { onTooMuch });
    editor.commands.insertContent("x".repeat(70_000));
    expect(editor.getText()).toBe("");
    expect(onTooMuch).toHaveBeenCalledTimes(1);
    editor.commands.setContent(nested(20));
    expect(editor.getText()).toBe("");
    expect(onTooMuch).toHaveBeenCalledTimes(2);
  });
});

describe("who only reads", () => {
  it("reads in a copy: what it cannot show is mended there and not written", async () => {
    const paper = new FakePaper();
    const strange = new Y.XmlElement("script");
    strange.insert(0, [new Y.XmlText("x")]);
    const words = new Y.XmlElement("paragraph");
    words.insert(0, [new Y.XmlText("hello")]);
    paper.doc.getXmlFragment("notes").insert(0, [strange, words]);
    const ann = paper.page("ann");
    await later();
    const copy = new Copy(ann.doc);
    const stop = copy.follow();
    const editor = mounted(copy.doc, { editable: false });
    expect(editor.getText()).toBe("hello");
    expect(editor.view.dom.getAttribute("aria-readonly")).toBe("true");
    await later();
    expect(ann.heard("write_document")).toEqual([]);
    expect(ann.state.unsaved).toBe(false);
    (ann.doc.getXmlFragment("notes").get(1) as Y.XmlElement).insert(1, [new Y.XmlText(" you")]);
    expect(editor.getText()).toBe("hello you");
    stop();
  });
});

describe("where the others are", () => {
  it("is a caret with a name that holds its place in the words", async () => {
    const { ann, ben, anns, bens } = await two();
    anns.commands.insertContent("one two three");
    await later();
    bens.commands.focus();
    bens.commands.setTextSelection({ from: 5, to: 8 });
    await later();
    const said = ann.state.pointers.ben ?? "";
    expect(said.length).toBeLessThanOrEqual(500);
    showCarets(anns.view, [{ seat: "ben", name: "Ben", tone: 1, state: said }]);
    expect(anns.view.dom.querySelector(".nt-caret")?.textContent).toBe("Ben");
    expect(anns.view.dom.querySelector(".nt-theirs")?.textContent).toBe("two");
    anns.commands.insertContentAt(1, "zero ");
    await later();
    showCarets(anns.view, [{ seat: "ben", name: "Ben", tone: 1, state: said }]);
    expect(anns.view.dom.querySelector(".nt-theirs")?.textContent).toBe("two");
    expect(anns.getText()).toBe("zero one two three");
    bens.commands.blur();
    await later();
    expect(ann.state.pointers).toEqual({});
    expect(ben.state.problem).toBeNull();
  });

  it("is nowhere when another page says nonsense", async () => {
    const { anns } = await two();
    const states = [
      "",
      "{",
      "null",
      '{"anchor":1,"head":{}}',
      '{"anchor":{"tname":"other"},"head":{"item":{}}}',
    ];
    showCarets(
      anns.view,
      states.map((state) => ({ seat: state, name: "x", tone: 0, state })),
    );
    expect(anns.getText()).toBe("");
  });
});

describe("who writes", () => {
  it("is said for a while, and never of oneself", async () => {
    const { ann, anns, bens } = await two();
    const seen: string[][] = [];
    const stop = watchWriting(ann.shared, ann.doc, "user of ann", (names) => seen.push(names));
    anns.commands.insertContent("mine");
    await later();
    expect(seen).toEqual([]);
    bens.commands.insertContent("a");
    await later();
    bens.commands.insertContent("b");
    await later();
    expect(seen).toEqual([["ben"]]);
    await later(6000);
    expect(seen).toEqual([["ben"], []]);
    stop();
  });

  it("is read aloud seldom", () => {
    let now = 0;
    const news = new WritingNews(() => now);
    expect(news.next(["Ben"])).toEqual(["Ben"]);
    now = 5_000;
    expect(news.next(["Ben", "Tom"])).toEqual([]);
    now = 11_000;
    expect(news.next(["Ben", "Tom"])).toEqual(["Tom"]);
    now = 70_000;
    expect(news.next(["Ben"])).toEqual(["Ben"]);
  });
});

describe("an address", () => {
  it.each([
    ["example.org", "https://example.org"],
    [" https://example.org/a b ", null],
    ["https://example.org/a", "https://example.org/a"],
    ["ada@example.org", "mailto:ada@example.org"],
    ["javascript:alert(1)", null],
    ["data:text/html,x", null],
    ["word", null],
    ["localhost.test:8080/x", "https://localhost.test:8080/x"],
    ["", null],
  ])("%s is %s", (written, link) => expect(asLink(written)).toBe(link));

  it("leads to pages and letters only", () => {
    expect(["http://a.b", "https://a.b", "mailto:a@b.c"].every(isSafeLink)).toBe(true);
    const others = ["javascript:1", " java\nscript:1", "ftp://a.b", "//a.b", "/a", 1, null];
    expect(others.some(isSafeLink)).toBe(false);
  });
});
