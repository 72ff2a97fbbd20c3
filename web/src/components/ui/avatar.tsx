// People as initials on a tone; decorative, the name stands beside it.
import type { Tone } from "../../contract/types";

const TONES: Tone[] = ["clay", "moss", "leaf", "teal", "sky", "iris", "plum", "stone"];

/** The same person has the same tone on every page. */
export function toneFor(name: string): Tone {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return TONES[sum % TONES.length] ?? "stone";
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? "";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  return (first + last).toLocaleUpperCase();
}

interface Props {
  name: string;
  size?: "xs" | "sm" | "md" | "lg";
}

export function Avatar({ name, size = "md" }: Props) {
  return (
    <span className={`av av-${size} tone-${toneFor(name)}`} aria-hidden>
      {initials(name)}
    </span>
  );
}

/** A few faces of many; the number is said in words beside it. */
export function AvatarStack({ names }: { names: string[] }) {
  if (names.length === 0) return null;
  return (
    <span className="avs" aria-hidden>
      {names.slice(0, 5).map((name, index) => (
        <Avatar key={`${name}${index}`} name={name} size="sm" />
      ))}
    </span>
  );
}
