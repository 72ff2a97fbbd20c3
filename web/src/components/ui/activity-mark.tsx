// What a program or session is about: an icon on its tone. A tone never travels without its icon.
import {
  BookOpen,
  Clapperboard,
  Coffee,
  CookingPot,
  HandHeart,
  Laptop,
  Leaf,
  MessagesSquare,
  Music,
  Palette,
  PersonStanding,
  Scissors,
  Star,
  Sunrise,
} from "lucide-react";

import type { Icon, Tone } from "../../contract/types";

const ICONS = {
  sunrise: Sunrise,
  movement: PersonStanding,
  tea: Coffee,
  scissors: Scissors,
  music: Music,
  palette: Palette,
  book: BookOpen,
  pot: CookingPot,
  film: Clapperboard,
  chat: MessagesSquare,
  star: Star,
  leaf: Leaf,
  laptop: Laptop,
  hands: HandHeart,
} satisfies Record<Icon, unknown>;

export function ActivityMark({
  icon,
  tone,
  size = "md",
}: {
  icon: Icon;
  tone: Tone;
  size?: "sm" | "md" | "lg";
}) {
  const Picture = ICONS[icon] ?? Star;
  return (
    <span className={`pm pm-${size} tone-${tone}`} aria-hidden>
      <Picture className="i" />
    </span>
  );
}
