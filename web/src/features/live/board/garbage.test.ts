// What another page may have written into a board, by mistake or on purpose.
import { describe, expect, it } from "vitest";
import * as Y from "yjs";

import { Board } from "./objects";

const deep = { a: { b: { c: { d: {} } } } };
const VALUES: (() => unknown)[] = [
  () => null,
  () => true,
  () => 0,
  () => NaN,
  () => Infinity,
  () => -1e9,
  () => "",
  () => "x".repeat(10_000),
  () => "<img src=x onerror=alert(1)>",
  () => "javascript:alert(1)",
  () => "red",
  () => [],
  () => [
    [0, 0],
    ["0", 0],
  ],
  () => [[0, 0, 0]],
  () => [null],
  () => ({}),
  () => deep,
  () => new Uint8Array(9),
  () => 10n,
  () => new Y.Map([["x", 1]]),
  () => new Y.Array(),
  () => Y.Array.from([1]),
  () => Y.Array.from([1.5, 2]),
  () => Y.Array.from(["1", 2]),
  () => Y.Array.from([9e9, 9e9]),
  () => new Y.Text("words"),
  () => new Y.XmlElement("b"),
];
const LONG: (() => unknown)[] = [
  () => Array.from({ length: 20_001 }, () => [0, 0]),
  () => Y.Array.from(Array.from({ length: 40_002 }, () => 0)),
];
const TYPES = ["rectangle", "ellipse", "diamond", "line", "arrow", "freedraw", "text", "image"];

function sound(type: string): Record<string, unknown> {
  const points = type === "freedraw" ? Y.Array.from([0, 0, 5, 5]) : [[0, 0], [5, 5]]; // prettier-ignore
  return { type, x: 1, y: 2, width: 3, height: 4, index: "a1", text: "hello", points };
}
function write(doc: Y.Doc, id: string, properties: Record<string, unknown>): void {
  const map = new Y.Map<unknown>();
  doc.transact(() => {
    doc.getMap("elements").set(id, map);
    for (const [key, value] of Object.entries(properties)) map.set(key, value);
  });
}

const KEYS = ["type", "x", "y", "width", "height", "angle", "strokeColor", "backgroundColor", "fillStyle", "strokeWidth", "strokeStyle", "roughness", "opacity", "roundness", "text", "originalText", "fontSize", "fontFamily", "textAlign", "verticalAlign", "lineHeight", "autoResize", "containerId", "boundElements", "startBinding", "endBinding", "startArrowhead", "endArrowhead", "elbowed", "points", "pressures", "simulatePressure", "link", "locked", "index", "fileId", "status", "scale", "crop", "groupIds", "frameId", "customData"]; // prettier-ignore

/** What every reader of the board may rely on. */
function relyOn(board: Board): void {
  for (const element of board.elements()) {
    expect(TYPES).toContain(element.type);
    expect(element.id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    for (const [key, value] of Object.entries(element)) {
      expect(["id", ...KEYS]).toContain(key);
      if (typeof value === "number") expect(Math.abs(value)).toBeLessThanOrEqual(1_000_000);
      if (typeof value === "string") expect(value.length).toBeLessThanOrEqual(5_000);
      expect(value instanceof Y.AbstractType || value instanceof Uint8Array).toBe(false);
    }
    for (const colour of [element.strokeColor, element.backgroundColor])
      expect(colour).toMatch(/^(transparent|#[0-9a-f]{6}([0-9a-f]{2})?)$/);
    if (element.link !== null) expect(element.link).toMatch(/^(https?:|mailto:)/);
    if ("points" in element) {
      const points = element.points as unknown[][];
      expect(points.length).toBeGreaterThan(0);
      expect(points.length).toBeLessThanOrEqual(20_000);
      expect(points.flat().every((one) => Number.isFinite(one))).toBe(true);
    }
    JSON.stringify(element);
  }
}

describe("garbage on a board", () => {
  it.each(TYPES)("in any property of a %s harms nothing", (type) => {
    const doc = new Y.Doc();
    const board = new Board(doc);
    write(doc, "good", sound(type));
    for (const key of KEYS)
      for (const [at, make] of VALUES.entries())
        write(doc, `${key}-${at}`, { ...sound(type), [key]: make() });
    for (const [at, make] of LONG.entries()) write(doc, `long-${at}`, { ...sound(type), points: make() });
    relyOn(board);
    expect(board.element("good")).toMatchObject({ type, x: 1, index: "a1" });
    // What is needed is not made up, and what would be code is not read as anything.
    for (const id of ["x-3", "x-4", "x-5", "width-12", "link-9", "type-6", "strokeColor-10", "customData-11"])
      expect(board.element(id), id).toBeNull();
    expect(board.element("customData-16")?.customData).toEqual({});
  });

  it("of other shapes is left out", () => {
    const doc = new Y.Doc();
    const elements = doc.getMap("elements");
    for (const [at, make] of VALUES.entries()) elements.set(`value-${at}`, make());
    for (const id of ["", "a b", "x".repeat(65), "é", "../a", "<b>"]) write(doc, id, sound("rectangle"));
    write(doc, "__proto__", sound("rectangle"));
    write(doc, "constructor", { ...sound("rectangle"), type: "constructor" });
    write(doc, "extra", {
      ...sound("rectangle"),
      onclick: "alert(1)",
      customData: { note: true, alt: "A boat", more: 1 },
    });
    const board = new Board(doc);
    relyOn(board);
    expect(board.elements().map(({ id }) => id)).toEqual(["__proto__", "extra"]);
    expect(board.element("extra")?.customData).toEqual({ note: true, alt: "A boat" });
    expect(board.element("extra")).not.toHaveProperty("onclick");
  });

  it("in the list that a map also is, and in ids, is heard without harm", () => {
    const doc = new Y.Doc();
    const other = new Y.Doc();
    other.getArray("elements").push([1, new Y.Map([["a", 1]])]);
    const board = new Board(doc);
    const heard: string[][] = [];
    board.observe((ids) => heard.push([...ids]));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    expect(board.elements()).toEqual([]);
    expect(heard).toEqual([]);
  });

  it("can be mended and removed", () => {
    const doc = new Y.Doc();
    const board = new Board(doc);
    write(doc, "a", { ...sound("rectangle"), x: "left" });
    doc.getMap("elements").set("b", 5);
    board.put([
      { id: "a", type: "rectangle", x: 1, y: 1, width: 1, height: 1 },
      { id: "b", type: "rectangle", x: 1, y: 1, width: 1, height: 1 },
    ]);
    expect(board.elements()).toHaveLength(2);
    board.remove(["a", "b"]);
    expect(doc.getMap("elements").size).toBe(0);
  });
});
