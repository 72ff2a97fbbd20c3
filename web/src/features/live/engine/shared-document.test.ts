import { Blob } from "node:buffer";
import { deflateRawSync } from "node:zlib";

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";

import { toBase64 } from "./bytes";
import type { Ask } from "./conversation";
import { Documents } from "./documents";
import { FakePaper, type FakePage } from "./fake-documents";
import { createRoomStore } from "./state";

beforeEach(() => vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const later = (ms = 500) => vi.advanceTimersByTimeAsync(ms);
const text = (where: { doc: Y.Doc }) => where.doc.getText("notes").toJSON();
const write = (page: FakePage, words: string) => page.doc.getText("notes").insert(text(page).length, words);

/** Two pages that have a document open in which "one " stands. */
async function two() {
  const paper = new FakePaper();
  paper.doc.getText("notes").insert(0, "one ");
  const [ann, ben] = [paper.page("ann"), paper.page("ben")];
  await later();
  return { paper, ann, ben };
}

function expectAll(words: string, ...places: { doc: Y.Doc }[]) {
  for (const place of places) expect(text(place)).toBe(words);
}

test("what is written reaches the others, and then it is saved", async () => {
  const { paper, ann, ben } = await two();
  expect(ann.state).toMatchObject({ phase: "open", unsaved: false, about: { title: "Notes" } });
  write(ann, "two ");
  expect(ann.state.unsaved).toBe(true);
  await later();
  write(ben, "three");
  await later();
  expectAll("one two three", paper, ann, ben);
  expect([ann.state.unsaved, ben.state.unsaved]).toEqual([false, false]);
  expect(ann.state.writers[ben.doc.clientID]?.name).toBe("ben");
});

test("many letters are one message, and what others write is not sent again", async () => {
  const { ann, ben } = await two();
  for (const letter of "quickly") write(ann, letter);
  await later();
  expect(ann.heard("write_document")).toHaveLength(1);
  expect(ben.heard("write_document")).toHaveLength(0);
  expect(ben.state.unsaved).toBe(false);
});

test.each(["lost", "unanswered"] as const)(
  "a line that falls while something is on its way (%s) loses nothing and doubles nothing",
  async (end) => {
    const { paper, ann, ben } = await two();
    paper.next = [end];
    write(ann, "two ");
    await vi.advanceTimersByTimeAsync(100);
    ann.drop();
    write(ann, "three");
    await later();
    expect(ann.state).toMatchObject({ phase: "away", unsaved: true });
    ann.back();
    await later();
    expectAll("one two three", paper, ann, ben);
    expect(ann.state).toMatchObject({ phase: "open", unsaved: false });
  },
);

test("an answer that does not come although the line stands opens it again", async () => {
  const { paper, ann, ben } = await two();
  paper.next = ["unanswered"];
  paper.nextOpening = ["unanswered"];
  write(ann, "two");
  await vi.advanceTimersByTimeAsync(100);
  expect(ann.state).toMatchObject({ phase: "away", unsaved: true });
  await later(2000);
  expectAll("one two", paper, ann, ben);
  expect(ann.state).toMatchObject({ phase: "open", unsaved: false });
});

test("both write and delete while one is away", async () => {
  const { paper, ann, ben } = await two();
  ann.drop();
  write(ann, "from ann ");
  ben.doc.getText("notes").delete(0, 4);
  await later();
  ann.back();
  await later();
  expectAll("from ann ", paper, ann, ben);
});

test("what was only deleted while away is deleted for the others too", async () => {
  const { paper, ann, ben } = await two();
  ann.drop();
  ann.doc.getText("notes").delete(0, 4);
  expect(ann.state.unsaved).toBe(true);
  ann.back();
  await later();
  expectAll("", paper, ann, ben);
  expect(ann.state.unsaved).toBe(false);
});

test("nothing is written by who comes back with nothing new", async () => {
  const { ann, ben } = await two();
  ann.drop();
  write(ben, "two");
  await later();
  ann.back();
  await later();
  expectAll("one two", ann);
  expect(ann.heard("write_document")).toHaveLength(0);
});

test("who missed a number opens again, and keeps the pointers", async () => {
  const { ann, ben } = await two();
  ben.shared.point("here");
  await later();
  ann.deaf = true;
  write(ben, "two ");
  await later();
  ann.deaf = false;
  expectAll("one ", ann);
  write(ben, "three");
  await later();
  expectAll("one two three", ann);
  expect(ann.heard("open_document")).toHaveLength(2);
  expect(ann.state.pointers).toEqual({ ben: "here" });
});

test("what is told while the answer is unpacked is not missed", async () => {
  // The one of jsdom has no streams.
  vi.stubGlobal("Blob", Blob);
  const { paper, ann, ben } = await two();
  paper.pack = (bytes) => deflateRawSync(bytes);
  ann.drop();
  vi.useRealTimers();
  ann.back();
  await Promise.resolve();
  await Promise.resolve();
  // The answer is there and still packed.
  const state = Y.encodeStateVector(ben.doc);
  write(ben, "two");
  paper.write(ben, { document_id: "notes", update: toBase64(Y.encodeStateAsUpdate(ben.doc, state)) });
  expectAll("one ", ann);
  await vi.waitFor(() => expectAll("one two", ann));
  expect(ann.heard("open_document")).toHaveLength(2);
  vi.unstubAllGlobals();
});

test.each([403, 409, 413, 422])(
  "what is refused with %i leaves the screen, and why is said",
  async (status) => {
    const { paper, ann, ben } = await two();
    paper.next = [status];
    const before = ann.doc;
    write(ann, "not taken");
    await later();
    expect(ann.doc).not.toBe(before);
    expect(ann.state).toMatchObject({ phase: "open", unsaved: false, problem: { status } });
    expectAll("one ", paper, ann, ben);
    // A screen that still has the old one does no harm.
    before.getText("notes").insert(0, "late");
    write(ann, "two");
    await later();
    expectAll("one two", paper, ann, ben);
    ann.shared.forgetProblem();
    expect(ann.state.problem).toBeNull();
  },
);

test.each([429, 503])("what is too much for now (%i) is tried again", async (status) => {
  const { paper, ann, ben } = await two();
  paper.next = [status];
  write(ann, "two ");
  await vi.advanceTimersByTimeAsync(200);
  write(ann, "three");
  expect(ann.state).toMatchObject({ unsaved: true, problem: null });
  await later(1500);
  expectAll("one two three", paper, ann, ben);
  expect(ann.state.unsaved).toBe(false);
});

test("opening is tried again where there was too much, and given up where it is not there", async () => {
  const paper = new FakePaper();
  paper.nextOpening = [429, 404];
  const ann = paper.page("ann");
  await later(100);
  expect(ann.state.phase).toBe("opening");
  await later(1500);
  expect(ann.state).toMatchObject({ phase: "gone", problem: { status: 404 } });
  ann.drop();
  expect(ann.state.phase).toBe("gone");
});

test("pointers are told at most ten times a second, and forgotten with the line", async () => {
  const { ann, ben } = await two();
  for (let at = 0; at < 20; at += 1) {
    ben.shared.point(String(at));
    await vi.advanceTimersByTimeAsync(10);
  }
  await later();
  expect(ben.heard("point_at").length).toBeLessThanOrEqual(3);
  expect(ann.state.pointers).toEqual({ ben: "19" });
  ben.shared.point(null);
  await later();
  expect(ann.state.pointers).toEqual({});
  ben.shared.point("again");
  await later();
  ann.drop();
  expect(ann.state.pointers).toEqual({});
  // Where I am is told again to the new line.
  ben.drop();
  ben.back();
  ann.back();
  await later();
  expect(ann.state.pointers).toEqual({ ben: "again" });
});

test("a document that nobody looks at any more is closed when all of it is saved", async () => {
  const { paper, ann: line } = await two();
  const ask = ((event: string, said: unknown) => {
    asked.push(event);
    if (event === "open_document") return Promise.resolve(paper.open(line, said as never));
    if (event === "write_document") return Promise.resolve(paper.write(line, said as never));
    return Promise.resolve({});
  }) as Ask;
  const asked: string[] = [];
  const documents = new Documents(createRoomStore(), ask);
  const shared = await documents.open("notes");
  await documents.open("notes");
  await later();
  documents.close("notes");
  shared.doc.getText("notes").insert(4, "two");
  documents.close("notes");
  expect(asked).toEqual(["open_document"]);
  // Back in time: the same one goes on.
  expect(await documents.open("notes")).toBe(shared);
  documents.close("notes");
  await later();
  expect(asked).toEqual(["open_document", "write_document", "close_document"]);
  expectAll("one two", paper);
});
