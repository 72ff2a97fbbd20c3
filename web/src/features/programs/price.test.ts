// Prices as people type them.
import { expect, test } from "vitest";

import { parsePrice, typedPrice } from "./price";

test.each([
  ["48", 4800],
  ["48.5", 4850],
  ["48,50", 4850],
  ["£ 48", 4800],
  ["0.05", 5],
  ["  ", 0],
])("%j is %d", (typed, cents) => expect(parsePrice(typed)).toBe(cents));

test.each(["free", "4.800", "1e3", "-5", "1234567", "."])("%j is no price", (typed) =>
  expect(parsePrice(typed)).toBeNull(),
);

test("what stands in the field is read as the same price again", () => {
  for (const cents of [0, 5, 50, 4800, 4850]) expect(parsePrice(typedPrice(cents))).toBe(cents);
});
