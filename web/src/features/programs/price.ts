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
