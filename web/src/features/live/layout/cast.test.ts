import { describe, expect, it } from "vitest";
import type { Person } from "../engine/protocol";
import { inOrder, largest, pageOf, sharers, stripOrder } from "./cast";

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
  },
  lastSpeaker,
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
