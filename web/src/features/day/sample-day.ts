// For tests only: a day of the sample organisation.
import type { Day, DayItem } from "../../contract/types";

export const DAY = "2026-11-24";
export const at = (time: string) => `${DAY}T${time}:00Z`;

export function sampleItem(title: string, from: string, to: string, change: Partial<DayItem> = {}): DayItem {
  const session = {
    id: title,
    program_id: "p1",
    title,
    summary: "",
    starts_at: at(from),
    ends_at: at(to),
    starts_local: `${DAY}T${from}:00`,
    ends_local: `${DAY}T${to}:00`,
    time_zone: "UTC",
    state: "scheduled" as const,
    can_join_at: at(from),
    started_at: null,
    ended_at: null,
    plan: [],
    cancel_reason: null,
    icon: "tea" as const,
    tone: "plum" as const,
    lead: { id: "maya", name: "Maya Osei" },
    series_id: null,
    original_start: null,
    created_at: at("00:00"),
    updated_at: at("00:00"),
  };
  return {
    session,
    program: {
      id: "p1",
      slug: "weekday-together",
      title: "Weekday Together",
      kind: "day_program",
      icon: "tea",
      tone: "plum",
    },
    role: "participant",
    state: "later",
    can_join_at: at(from),
    my_seconds: null,
    in_room: 0,
    in_room_names: [],
    waiting: 0,
    due: 18,
    came: null,
    recorded: false,
    ...change,
  };
}

export const sampleDay = (...items: DayItem[]): Day => ({ date: DAY, time_zone: "UTC", items });
