// Languages: which there are, and switching to one. Catalogues are loaded when needed.
import { i18n, type Messages } from "@lingui/core";

export const LOCALES = ["en", "ar-XB"] as const;
export type Locale = (typeof LOCALES)[number];

const RIGHT_TO_LEFT = /^(ar|fa|he|ur|ps|sd|ug|yi|dv)\b/;

/** The locale we have for a language tag: the same, or the same language, else English. */
export function localeFor(tag: string | null | undefined): Locale {
  const wanted = tag ?? "en";
  const language = wanted.split("-")[0];
  return LOCALES.find((l) => l === wanted) ?? LOCALES.find((l) => l.split("-")[0] === language) ?? "en";
}

/** The tag that dates and numbers are written in: the person's own, when it is of the language shown. */
let formatTag = "en-GB";
export function formatLocale(): string {
  return formatTag;
}

/** English stands in the pages themselves; any other language brings its catalogue. */
const CATALOGUES: Record<Locale, () => Promise<Messages>> = {
  en: () => Promise.resolve({}),
  "ar-XB": async () => (await import("../locales/ar-XB.po")).messages,
};

export async function activate(tag: string | null | undefined): Promise<void> {
  const locale = localeFor(tag);
  i18n.loadAndActivate({ locale, messages: await CATALOGUES[locale]() });
  formatTag = locale === "en" ? englishTag(tag) : locale;
  document.documentElement.lang = locale;
  document.documentElement.dir = RIGHT_TO_LEFT.test(locale) ? "rtl" : "ltr";
}

function englishTag(tag: string | null | undefined): string {
  if (tag?.startsWith("en-")) return tag;
  const browser = navigator.languages.find((l) => l.startsWith("en-"));
  return browser ?? "en-GB";
}
