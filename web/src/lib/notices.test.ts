// What a notice changes in what we hold.
import { expect, test } from "vitest";

import type { Day, DayItem } from "../contract/types";
import { staleAfter, withPresence } from "./notices";

const item = (id: string, role: "staff" | "participant") =>
  ({ session: { id }, role, in_room: 0, waiting: 0 }) as unknown as DayItem;
const day: Day = {
  date: "2026-11-24",
  time_zone: "UTC",
  items: [item("a", "participant"), item("b", "staff")],
};

test("presence is written to the session it belongs to, and to no other", () => {
  const after = withPresence(day, { session_id: "b", in_room: 4, waiting: 2 });
  expect(after.items.map((i) => [i.in_room, i.waiting])).toEqual([
    [0, 0],
    [4, 2],
  ]);
});

test("only staff learn how many wait", () => {
  const after = withPresence(day, { session_id: "a", in_room: 4, waiting: 2 });
  expect(after.items[0]).toMatchObject({ in_room: 4, waiting: 0 });
});

test("presence of a session that is not shown changes nothing", () => {
  expect(withPresence(day, { session_id: "c", in_room: 1, waiting: 0 })).toBe(day);
});

test("a change of the timetable makes timetables stale, a change of a place makes programs stale", () => {
  expect(staleAfter("session_started")).toContain("overview");
  expect(staleAfter("enrollment_changed")).toContain("programs");
  expect(staleAfter("something_new")).toEqual([]);
});
