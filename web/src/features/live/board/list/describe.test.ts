import { describe, expect, it } from "vitest";

import { colourOf } from "./colours";
import { byline, headline, mention, placeWords, pointsAt } from "./describe";
import { placesOf } from "./places";
import { thingsOf } from "./things";
import { boardOf, el, harbour, note, thing, thingsOn } from "./things-for-tests";

const things = thingsOn(boardOf(harbour()));
const find = (id: string) => things.find((one) => one.id === id);
const place = (id: string) => placeWords(placesOf(things).get(id), find);

describe("colours", () => {
  it.each([
    ["#1e1e1e", "black"],
    ["#ffec99", "yellow"],
    ["#ffe066", "yellow"],
    ["#d0bfff", "purple"],
    ["#b2f2bb", "green"],
    ["#1971c2", "blue"],
    ["#2b3fae", "blue"],
    ["#ff0000", "red"],
    ["#ffc9c9", "pink"],
    ["#ffffff", "white"],
    ["#7f7f7f", "grey"],
    ["#654321", "brown"],
    ["transparent", null],
    ["#ff000000", null],
    [undefined, null],
  ])("%s is %s", (hex, name) => expect(colourOf(hex)).toBe(name));
});

describe("things", () => {
  it("are what a person would count, in reading order", () => {
    expect(things.map(({ id, kind }) => `${id}: ${kind}`)).toEqual([
      "title: title",
      "boat: picture",
      "sun: note",
      "sea: note",
      "arrow: arrow",
      "gulls: note",
      "wave1: drawing",
    ]);
    expect(thing(things, "wave1").parts).toHaveLength(2);
    expect(
      thingsOn(boardOf(harbour()), true)
        .map(({ id }) => id)
        .slice(1, 4),
    ).toEqual(["sea", "sun", "boat"]);
  });

  it("keep apart what other people drew, and what is far away", () => {
    const strokes = ["a", "b", "c"].map((id, i) =>
      el(id, "freedraw", i * 100, 0, {
        index: `a${i}`,
        points: [
          [0, 0],
          [9, 9],
        ],
        groupIds: ["g"],
      }),
    );
    expect(thingsOf(strokes, () => 1)).toHaveLength(1);
    expect(thingsOf(strokes, (id) => (id === "c" ? 2 : 1))).toHaveLength(2);
    expect(
      thingsOf(
        strokes.map((one) => ({ ...one, x: one.x * 9 })),
        () => 1,
      ),
    ).toHaveLength(3);
    expect(
      thingsOf(
        strokes.map((one) => ({ ...one, groupIds: [] })),
        () => 1,
      ),
    ).toHaveLength(3);
  });

  it("do not lose a text whose holder is gone", () => {
    const [, text] = note("n", "Left over", 0, 0);
    expect(thingsOf(text ? [text] : [], () => null)).toMatchObject([{ kind: "text", text: "Left over" }]);
  });

  it("are a background where a picture is locked", () => {
    const [ground] = thingsOf([el("p", "image", 0, 0, { locked: true })], () => null);
    expect(ground && headline(ground, find)).toBe("Background picture");
  });
});

describe("in words", () => {
  it("a thing has a headline, and says what it is and by whom", () => {
    expect(headline(thing(things, "sea"), find)).toBe("Blue paper for the sea");
    expect(headline(thing(things, "boat"), find)).toBe("Harbour with a red boat");
    expect(headline(thing(things, "wave1"), find)).toBe("Blue drawing");
    expect(headline(thing(things, "arrow"), find)).toBe(
      "Arrow from “A big sun!” to “Harbour with a red boat”",
    );
    const tom = () => ({ name: "Tom", you: false });
    expect(byline(thing(things, "sea"), tom)).toBe("Yellow note, by Tom");
    expect(byline(thing(things, "sea"), () => ({ name: "Tom", you: true }))).toBe("Yellow note, by you");
    expect(byline(thing(things, "title"), () => null)).toBe("Title");
    expect(mention(thing(things, "wave1"))).toBe("the blue drawing");
    expect(mention(undefined)).toBe("something");
    expect(pointsAt(thing(things, "sun"), things, find)).toBe("Points at “Harbour with a red boat”.");
  });

  it("a long text is shortened to one line", () => {
    const long = { ...thing(things, "sea"), text: `one\n${"word ".repeat(50)}` };
    expect(headline(long, find)).toMatch(/^one word .*…$/);
    expect(headline(long, find).length).toBeLessThanOrEqual(80);
  });

  it("a place is a part of the board and a neighbour", () => {
    expect(place("sea")).toBe("Right, to the right of “A big sun!”");
    expect(place("title")).toBe("Upper left, above “Harbour with a red boat”");
    expect(place("gulls")).toBe("Bottom, below “A big sun!”");
    const boat = { ...thing(things, "sun"), id: "in", box: { x: 50, y: 150, width: 20, height: 20 } };
    const all = [...things, boat];
    expect(placeWords(placesOf(all).get("in"), find)).toContain("inside “Harbour with a red boat”");
  });

  it("one thing alone is nowhere in particular", () => {
    expect(placeWords(placesOf([thing(things, "sea")]).get("sea"), find)).toBe("");
  });
});
