import { expect, it } from "vitest";
import { parsePlan, planText } from "./session-plan";

it("reads a step from each line and writes it back", () => {
  const plan = [
    { minute: 0, title: "Breathe and warm up" },
    { minute: 10, title: "Arms and shoulders" },
  ];
  expect(parsePlan("0 Breathe and warm up\n\n 10.  Arms and shoulders ")).toEqual(plan);
  expect(parsePlan(planText(plan))).toEqual(plan);
  expect(parsePlan("")).toEqual([]);
});

it("knows a line that has no minute", () => {
  expect(parsePlan("0 Hello\nGoodbye")).toBeNull();
  expect(parsePlan("10")).toBeNull();
});
