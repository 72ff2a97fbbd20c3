// Minutes as they are written: short stays with a decimal, so that half a minute is not nothing. Pure.
import { formatLocale } from "../../lib/i18n";

export function minutesText(seconds: number): string {
  const minutes = seconds / 60;
  const maximumFractionDigits = minutes < 9.95 ? 1 : 0;
  return new Intl.NumberFormat(formatLocale(), { maximumFractionDigits }).format(minutes);
}

/** Whole minutes and seconds, which together are the time to the second. */
export function exactly(seconds: number): { minutes: number; rest: number } {
  const whole = Math.round(seconds);
  return { minutes: Math.floor(whole / 60), rest: whole % 60 };
}
