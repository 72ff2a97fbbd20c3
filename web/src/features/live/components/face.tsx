/** A person without a picture: initials on a tone that stays theirs. Decoration; the name stands beside it. */
import { initials, toneFor } from "../../../components/ui/avatar";

export function Face({ name }: { name: string }) {
  const tone = toneFor(name);
  return (
    <span
      className="lr-face"
      aria-hidden="true"
      style={{ background: `var(--tone-${tone}-soft)`, color: `var(--tone-${tone}-ink)` }}
    >
      {initials(name)}
    </span>
  );
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
