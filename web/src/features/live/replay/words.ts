// Times of a recording, for the eye and for the ear.

/** 1:02:05, or 2:05. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making one takes longer than using it, and a transcript has thousands of times. */
function formatOf(language: string, unit: string): Intl.NumberFormat {
  const key = `${language} ${unit}`;
  const known =
    formats.get(key) ?? new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" });
  formats.set(key, known);
  return known;
}

/** "2 minutes 5 seconds", in the language of the page. */
export function spoken(ms: number, language: string): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const units = [
    ["hour", Math.floor(seconds / 3600)],
    ["minute", Math.floor(seconds / 60) % 60],
    ["second", seconds % 60],
  ] as const;
  const said = units.filter(([unit, n]) => n > 0 || (unit === "second" && seconds === 0));
  const word = ([unit, n]: (typeof units)[number]) => formatOf(language, unit).format(n);
  return said.map(word).join(" ");
}

/** "350 MB" or "1.2 GB", as computers show the sizes of files. */
export function size(bytes: number, language: string): string {
  const isLarge = bytes >= 1e9;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: isLarge ? "gigabyte" : "megabyte",
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(isLarge ? bytes / 1e9 : Math.max(1, bytes / 1e6));
}
