/** The board as a text. */
import { plural, t as now } from "@lingui/core/macro";
import type { Things } from "./all-things";
import { byline, headline, placeWords, pointsAt } from "./describe";
import type { Thing } from "./things";

export function countWords({ all }: Things): string {
  return all.length === 0
    ? now`Nothing is on the board yet.`
    : plural(all.length, { one: "# thing is on the board.", other: "# things are on the board." });
}

/** "Yellow note, by Tom: Blue paper for the sea. Upper right." */
export function paragraph(thing: Thing, things: Things): string {
  const who = byline(thing, things.nameOf);
  const words = thing.text || headline(thing, things.find);
  const place = placeWords(things.placeOf(thing.id), things.find);
  const points = pointsAt(thing, things.all, things.find);
  const link = thing.link ?? "";
  return [now`${who}: ${words}`, place && now`${place}.`, points, link && now`Link: ${link}`]
    .filter(Boolean)
    .join("\n");
}
