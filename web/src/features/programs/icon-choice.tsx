// The icon and the tone of an activity. They always travel together, and mean nothing by themselves.
import { useLingui } from "@lingui/react/macro";
import type { UseFormReturn } from "react-hook-form";

import { ActivityMark } from "../../components/ui/activity-mark";
import type { Icon, Tone } from "../../contract/types";
import type { ProgramAnswers } from "./program-form";

const TONES: Tone[] = ["clay", "moss", "leaf", "teal", "sky", "iris", "plum", "stone"];

export function IconChoice({ form }: { form: UseFormReturn<ProgramAnswers> }) {
  const { t } = useLingui();
  const icons: Record<Icon, string> = {
    sunrise: t`Sunrise`,
    movement: t`Movement`,
    tea: t`Cup`,
    scissors: t`Scissors`,
    music: t`Music`,
    palette: t`Palette`,
    book: t`Book`,
    pot: t`Cooking pot`,
    film: t`Film`,
    chat: t`Talking`,
    star: t`Star`,
    leaf: t`Leaf`,
    laptop: t`Laptop`,
    hands: t`Helping hand`,
  };
  const tones: Record<Tone, string> = {
    clay: t`Clay`,
    moss: t`Moss`,
    leaf: t`Leaf green`,
    teal: t`Teal`,
    sky: t`Sky`,
    iris: t`Iris`,
    plum: t`Plum`,
    stone: t`Stone`,
  };
  const icon = form.watch("icon");
  const tone = form.watch("tone");
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2" role="radiogroup" aria-label={t`Picture`}>
        {(Object.keys(icons) as Icon[]).map((one) => (
          <label key={one} className="mark-choice">
            <input type="radio" value={one} className="sr-only" {...form.register("icon")} />
            <ActivityMark icon={one} tone={tone} />
            <span className="sr-only">{icons[one]}</span>
          </label>
        ))}
      </div>
      <div className="flex flex-wrap gap-2" role="radiogroup" aria-label={t`Colour`}>
        {TONES.map((one) => (
          <label key={one} className="mark-choice">
            <input type="radio" value={one} className="sr-only" {...form.register("tone")} />
            <ActivityMark icon={icon} tone={one} />
            <span className="sr-only">{tones[one]}</span>
          </label>
        ))}
      </div>
    </div>
  );
}
