/** A person without a picture: initials on a tone that stays theirs. Decoration; the name stands beside it. */
const TONES = ["clay", "moss", "leaf", "teal", "sky", "iris", "plum", "stone"] as const;

export function Face({ name, id }: { name: string; id: string }) {
  const tone = TONES[toneOf(id)] ?? "stone";
  return (
    <span
      className="lr-face"
      aria-hidden="true"
      style={{
        background: `var(--tone-${tone}-soft)`,
        color: `var(--tone-${tone}-ink)`,
      }}
    >
      {initialsOf(name)}
    </span>
  );
}

/** First letters of the first and the last word, as a reader would see them. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => [...(word ?? "")][0]?.toLocaleUpperCase() ?? "").join("");
}

function toneOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % TONES.length;
}

/** What stands on the tiles: the first word of each name, or the whole name where that would be two people. */
export function shortNames(people: { seat_id: string; name: string }[]): Map<string, string> {
  const first = (name: string) => name.trim().split(/\s+/)[0] ?? name;
  const taken = new Map<string, number>();
  for (const { name } of people) taken.set(first(name), (taken.get(first(name)) ?? 0) + 1);
  return new Map(
    people.map(({ seat_id, name }) => [seat_id, taken.get(first(name)) === 1 ? first(name) : name]),
  );
}
