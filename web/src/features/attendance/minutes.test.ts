// Minutes as they are written.
import { expect, test } from "vitest";

import { exactly, minutesText } from "./minutes";

test.each([
  [0, "0"],
  [25, "0.4"],
  [9 * 60 + 30, "9.5"],
  [9 * 60 + 58, "10"],
  [44 * 60 + 29, "44"],
  [44 * 60 + 31, "45"],
  [71_760, "1,196"],
])("%d seconds are %s minutes", (seconds, text) => expect(minutesText(seconds)).toBe(text));

test("the exact time never shows sixty seconds", () => {
  expect(exactly(119.6)).toEqual({ minutes: 2, rest: 0 });
  expect(exactly(2592.25)).toEqual({ minutes: 43, rest: 12 });
});
