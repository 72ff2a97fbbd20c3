// Prices as people type them.
import { expect, test } from "vitest";

import { CURRENCIES, currencyFor, parsePrice, typedPrice } from "./price";

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

test("the currency is that of the country in the language tag", () => {
  expect(["en-GB", "en-US", "en-IE", "de-LI", "pl", "en-ZA", "pt-BR", "de"].map(currencyFor)).toEqual([
    ..."GBP USD EUR CHF PLN ZAR BRL EUR".split(" "),
  ]);
});

test("a country whose money we do not take, and no tag at all, get the dollar", () => {
  expect(["ar-XB", "th-TH", "not a tag"].map(currencyFor)).toEqual(["USD", "USD", "USD"]);
});

test("the list of currencies has none twice", () => {
  expect(new Set(CURRENCIES).size).toBe(CURRENCIES.length);
});
