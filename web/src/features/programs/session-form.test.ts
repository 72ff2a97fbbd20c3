// What is typed about a session, as the API takes it.
import { expect, test } from "vitest";

import { endsAfter, sessionBody } from "./session-form";

const answers = {
  title: "Tea",
  summary: "",
  date: "2026-11-24",
  from: "1030",
  to: "11.15",
  lead_id: "",
  plan: "",
};

test("typed times become wall-clock times of the day", () => {
  expect(sessionBody(answers)).toMatchObject({
    starts_local: "2026-11-24T10:30:00",
    ends_local: "2026-11-24T11:15:00",
    lead_id: null,
  });
});

test("a session until midnight ends on the next day", () => {
  expect(sessionBody({ ...answers, from: "22:00", to: "0:00" }).ends_local).toBe("2026-11-25T00:00:00");
});

test("a session ends after it begins", () => {
  expect(endsAfter("10:30", "11:15")).toBe(true);
  expect(endsAfter("10:30", "10:30")).toBe(false);
  expect(endsAfter("10:30", "9")).toBe(false);
  expect(endsAfter("22:00", "00:00")).toBe(true);
});
