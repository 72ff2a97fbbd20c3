// The words of a program: its kind, its state, its price, its places.
import { Plural, Trans } from "@lingui/react/macro";

import type { Kind, Program } from "../../contract/types";
import { formatLocale } from "../../lib/i18n";

export function KindName({ kind }: { kind: Kind }) {
  if (kind === "day_program") return <Trans>Day program</Trans>;
  if (kind === "course") return <Trans>Course</Trans>;
  if (kind === "workshop") return <Trans>Workshop</Trans>;
  return <Trans>Event</Trans>;
}

export function StatusName({ status }: { status: Program["status"] }) {
  if (status === "draft") return <Trans>Draft</Trans>;
  if (status === "archived") return <Trans>Archived</Trans>;
  return <Trans>Published</Trans>;
}

/** "£48", without pennies when there are none. */
export function money(cents: number, currency: string): string {
  const fraction = cents % 100 === 0 ? { minimumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(formatLocale(), { style: "currency", currency, ...fraction }).format(
    cents / 100,
  );
}

export function PlacesLeft({ program }: { program: Pick<Program, "places_left"> }) {
  if (program.places_left === null) return <Trans>There is room for everybody</Trans>;
  return (
    <Plural value={program.places_left} _0="No place is free" one="# place left" other="# places left" />
  );
}

/** The names of who runs it, as the language joins them. */
export function staffNames(program: Pick<Program, "staff">): string {
  const names = program.staff.map(({ user }) => user.name);
  return new Intl.ListFormat(formatLocale(), { type: "conjunction" }).format(names);
}
