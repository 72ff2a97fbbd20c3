// A break in words.
import { Plural, Trans } from "@lingui/react/macro";

export function Duration({ minutes }: { minutes: number }) {
  if (minutes === 60) return <Trans>Break, one hour</Trans>;
  return <Plural value={Math.round(minutes)} one="Break, # minute" other="Break, # minutes" />;
}
