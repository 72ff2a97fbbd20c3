// What was changed in the sheet of one session, as a change of its series. Pure.
import type { Series, SeriesPatch, Session } from "../../contract/types";
import { addDays, daysBetween } from "../../lib/times";
import { type Repeat, ruleOf } from "./repeat-rule";
import type { SessionBody } from "./session-form";

/** What somebody made of a session and its rule. */
export interface Edited {
  /** As the sheet began. */
  base: SessionBody;
  body: SessionBody;
  baseRepeat: Repeat;
  repeat: Repeat;
}

const day = (local: string) => local.slice(0, 10);
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The day on which the rule has the session; it goes along when somebody moves the date. */
export function ruleDay(session: Session, { base, body }: Pick<Edited, "base" | "body">): string {
  const original = day(session.original_start ?? session.starts_local);
  return addDays(original, daysBetween(day(base.starts_local), day(body.starts_local)));
}

/** The rule that is wanted now, where it is another one. */
export function changedRule(session: Session, edited: Edited): string | null {
  const original = day(session.original_start ?? session.starts_local);
  const rule = ruleOf(edited.repeat, ruleDay(session, edited));
  return rule === ruleOf(edited.baseRepeat, original) ? null : rule;
}

/** Whether what changed is of the rule, so that it cannot be of one session. A date that was moved is not. */
export function isOfRule(session: Session, { baseRepeat, repeat }: Edited): boolean {
  const original = day(session.original_start ?? session.starts_local);
  return ruleOf(repeat, original) !== ruleOf(baseRepeat, original) || !same(repeat.except, baseRepeat.except);
}

/** A number of sessions that is counted from the first of the series, for the part after `before` of its days. */
export function countedFrom(rule: string, before: number): string {
  return rule.replace(/(^|;)COUNT=(\d+)/i, (_, start: string, count: string) => {
    const left = Math.max(1, Number(count) - before);
    return `${start}COUNT=${left}`;
  });
}

/**
 * The change for a part of the series or all of it; only what somebody changed, because the session may have words of its own.
 * `before` is how many days the rule has before this session.
 */
export function seriesPatch(
  scope: "after" | "all",
  session: Session,
  series: Series,
  edited: Edited,
  before: number,
): Partial<SeriesPatch> {
  const { base, body } = edited;
  const patch: Partial<SeriesPatch> = {};
  if (body.title !== base.title) patch.title = body.title;
  if (body.summary !== base.summary) patch.summary = body.summary;
  if (body.lead_id !== base.lead_id) patch.lead_id = body.lead_id;
  if (!same(body.plan, base.plan)) patch.plan = body.plan;
  if (!same(edited.repeat.except, edited.baseRepeat.except)) patch.except = edited.repeat.except;
  const rule = changedRule(session, edited);
  if (rule !== null) patch.rule = scope === "after" ? countedFrom(rule, before) : rule;
  if (body.starts_local !== base.starts_local || body.ends_local !== base.ends_local) {
    const first = day(
      scope === "after" ? (session.original_start ?? session.starts_local) : series.starts_local,
    );
    const moved = addDays(first, daysBetween(day(base.starts_local), day(body.starts_local)));
    // With a new rule the first day is only where it begins to count: what else it has that week stays within.
    const begins = rule !== null && first < moved ? first : moved;
    const ends = addDays(begins, daysBetween(day(body.starts_local), day(body.ends_local)));
    patch.starts_local = begins + body.starts_local.slice(10);
    patch.ends_local = ends + body.ends_local.slice(10);
  }
  // Nothing is changed by the part alone.
  if (scope === "after" && Object.keys(patch).length > 0)
    patch.from = session.original_start ?? session.starts_local;
  return patch;
}
