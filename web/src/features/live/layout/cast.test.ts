import { describe, expect, it } from "vitest";
import type { Person } from "../engine/protocol";
import { hasLead, inOrder, largest, onStage, pageOf, sharers, spotlit, stripOrder } from "./cast";

const person = (seat: string, role: Person["role"] = "participant", screen = false): Person => ({
  seat_id: seat,
  user_id: seat,
  name: seat,
  pronouns: null,
  role,
  host: role === "staff",
  guest: false,
  breakout_id: null,
  state: { microphone: true, camera: true, screen },
  present: true,
  recordable: true,
  quality: "good",
  kind: "browser",
});
const cast = (people: Person[], you: string, lastSpeaker: string | null = null) => ({
  people: Object.fromEntries(people.map((one) => [one.seat_id, one])),
  you: {
    seat_id: you,
    user_id: you,
    name: you,
    role: "participant" as const,
    host: false,
    waiting: false,
    breakout_id: null,
    consent: null,
  },
  lastSpeaker,
  desk: { spotlight: null as string | null },
  screen: {
    on: false,
    track: null,
    deviceId: null,
    problem: null,
    busy: false,
  },
});

describe("the order of people", () => {
  it("puts who leads first and oneself last, whoever speaks", () => {
    const room = cast([person("bob"), person("ada", "staff"), person("cem")], "bob", "cem");
    expect(inOrder(room).map((one) => one.seat_id)).toEqual(["ada", "cem", "bob"]);
  });

  it("puts those who share the hosting after the staff and before everybody else", () => {
    const dai = { ...person("dai"), host: true };
    const room = cast([person("bob"), person("cem"), dai, person("ada", "staff")], "bob");
    expect(inOrder(room).map((one) => one.seat_id)).toEqual(["ada", "dai", "cem", "bob"]);
    expect(hasLead([dai], room.you)).toBe(true);
    expect(largest(cast([person("bob"), person("cem"), dai], "bob"))).toBe("dai");
  });

  it("gives the large place to the last speaker, else to who leads", () => {
    const people = [person("bob"), person("ada", "staff"), person("cem")];
    expect(largest(cast(people, "bob", "cem"))).toBe("cem");
    expect(largest(cast(people, "bob"))).toBe("ada");
    expect(largest(cast(people, "bob", "somebody who left"))).toBe("ada");
    expect(largest(cast([person("bob")], "bob"))).toBe("bob");
  });

  it("never shows a person their own screen", () => {
    const room = cast([person("ada", "staff", true), person("bob", "participant", true)], "ada");
    expect(sharers(room).map((one) => one.seat_id)).toEqual(["bob"]);
  });

  it("keeps oneself and the last speaker among the small tiles, and moves nobody else", () => {
    const people = ["ada", "b", "c", "d", "e", "f", "me"].map((seat) => person(seat));
    const seats = (lastSpeaker: string, without: string | null) =>
      stripOrder(cast(people, "me", lastSpeaker), without, 4).map((one) => one.seat_id);
    expect(seats("b", null)).toEqual(["ada", "me", "b", "c", "d", "e", "f"]);
    expect(seats("f", null)).toEqual(["ada", "me", "b", "f", "c", "d", "e"]);
    expect(seats("ada", "ada")).toEqual(["b", "me", "c", "d", "e", "f"]);
  });

  it("falls back to the last page when people left", () => {
    expect(pageOf([1, 2, 3, 4, 5], 2, 7)).toEqual({
      items: [5],
      page: 2,
      pages: 3,
    });
    expect(pageOf([], 2, 1)).toEqual({ items: [], page: 0, pages: 1 });
  });
});

describe("the spotlight", () => {
  const people = [person("ada", "staff"), person("bob"), person("cem"), person("dai")];
  const room = (spotlight: string | null) => ({ ...cast(people, "dai", "bob"), desk: { spotlight } });
  const seats = (list: Person[]) => list.map((one) => one.seat_id);

  it("has the large place before who speaks, and the first one among all", () => {
    expect(largest(room("cem"))).toBe("cem");
    expect(largest(room(null))).toBe("bob");
    expect(seats(onStage(room("cem")))).toEqual(["cem", "ada", "bob", "dai"]);
    expect(seats(stripOrder(room("cem"), null, 2))).toEqual(["cem", "bob", "dai", "ada"]);
    expect(seats(inOrder(room("cem")))).toEqual(["ada", "bob", "cem", "dai"]);
  });

  it("is drawn large among all, also where it is oneself", () => {
    for (const seat of ["cem", "dai"]) {
      const order = onStage(room(seat));
      expect(hasLead(order, room(seat).you, spotlit(room(seat)))).toBe(true);
    }
    expect(hasLead([person("bob")], room(null).you)).toBe(false);
  });

  it("falls on nobody who is not there", () => {
    expect(spotlit(room("gus"))).toBeNull();
    expect(largest(room("gus"))).toBe("bob");
  });
});

describe("breakout rooms", () => {
  const away = (one: Person): Person => ({ ...one, breakout_id: "room 1" });
  const people = [
    person("ada", "staff"),
    away(person("bob", "participant", true)),
    person("cem"),
    person("dai"),
  ];
  const seats = (list: Person[]) => list.map((one) => one.seat_id);

  it("puts only those on the stage who are in the same room", () => {
    const room = cast(people, "dai", "bob");
    expect(seats(onStage(room))).toEqual(["ada", "cem", "dai"]);
    expect(seats(stripOrder(room, null, 5))).toEqual(["ada", "dai", "cem"]);
    expect(seats(inOrder(room))).toEqual(["ada", "bob", "cem", "dai"]);
  });

  it("shows neither the screen nor the voice nor the spotlight of another room", () => {
    const room = { ...cast(people, "dai", "bob"), desk: { spotlight: "bob" } };
    expect(sharers(room)).toEqual([]);
    expect(spotlit(room)).toBeNull();
    expect(largest(room)).toBe("ada");
  });

  it("has those of one's own room while one is in it", () => {
    const mine = cast([...people.slice(0, 3), away(person("dai"))], "dai");
    const room = { ...mine, you: { ...mine.you, breakout_id: "room 1" } };
    expect(seats(onStage(room))).toEqual(["bob", "dai"]);
    expect(seats(sharers(room))).toEqual(["bob"]);
  });
});
