// A price as people type it, in the smallest coins. Pure.

/** "48", "48.50", "48,50" and "£48" all work; nothing typed is free. Null is not a price. */
export function parsePrice(typed: string): number | null {
  const bare = typed.replace(/[\p{Sc}\s]/gu, "");
  if (bare === "") return 0;
  const match = /^(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(bare);
  if (!match) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
}

/** What stands in the field for a price. */
export function typedPrice(cents: number): string {
  if (cents === 0) return "";
  return cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
}

/** What the API takes. */
export const CURRENCIES = [
  ...[
    "AUD",
    "BRL",
    "CAD",
    "CHF",
    "CZK",
    "DKK",
    "EUR",
    "GBP",
    "HKD",
    "HUF",
    "ILS",
    "INR",
    "JPY",
    "KRW",
    "MXN",
  ],
  ...["NOK", "NZD", "PLN", "RON", "SEK", "SGD", "TRY", "USD", "ZAR"],
];

/** Where the euro is the money. */
const EURO = "AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK".split(" ");

/** The money of the country in a language tag, like `en-GB`; of the language's usual country when it names none. */
export function currencyFor(tag: string): string {
  const region = regionOf(tag);
  if (EURO.includes(region)) return "EUR";
  if (region === "LI") return "CHF";
  // Apart from these, a currency's code begins with that of its country.
  return CURRENCIES.find((code) => code !== "EUR" && code.startsWith(region)) ?? "USD";
}

function regionOf(tag: string): string {
  try {
    return new Intl.Locale(tag).maximize().region ?? "US";
  } catch {
    return "US";
  }
}
