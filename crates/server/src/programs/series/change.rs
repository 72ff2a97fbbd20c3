//! A series changes: all of it that has not begun, or from one session on. Seen before it is saved.

use chrono::{NaiveDate, NaiveDateTime};
use sea_orm::ConnectionTrait;

use super::changes::{self, Change, There};
use super::conflicts;
use super::make;
use super::model::Model;
use super::read::{self, Said};
use super::rule::{Ends, Rule};
use super::times::{self, Made, Occurrence, Pattern};
use super::wire::{PreviewedSession, SeriesChange, SeriesPatch, SeriesPreview};
use super::{show, store};
use crate::accounts::Caller;
use crate::kit::checks::Checks;
use crate::kit::time::parse_local;
use crate::kit::{Answer, At, Refusal, SeriesId, UserId};
use crate::plumbing::Parts;
use crate::programs::wire::PlanStep;
use crate::programs::{State, schedule, session};

/// What a patch does, worked out and not yet done.
pub struct Planned {
    pub before: Model,
    /// The row with the patch on it. Of its own where only a part changes.
    pub after: Model,
    pub splits: bool,
    /// Where the change begins; the first session's day where all of it changes.
    pub from: NaiveDateTime,
    /// The sessions that it is about.
    pub sessions: Vec<session::Model>,
    pub there: Vec<There>,
    pub made: Vec<Occurrence>,
    pub left_out: Vec<(NaiveDate, String)>,
    pub changes: Vec<Change>,
}

pub async fn plan(conn: &impl ConnectionTrait, before: Model, patch: &SeriesPatch, now: At) -> Answer<Planned> {
    let words = words(patch)?;
    let all = store::sessions(conn, before.id).await?;
    let first = all.first().and_then(original).unwrap_or(read::standing(&before)?.starts);
    let from = patch.from.as_deref().map(read::from).transpose()?.unwrap_or(first);
    if patch.from.is_some() && !all.iter().any(|one| original(one) == Some(from)) {
        let text =
            "No session of this series begins at that time by its rule. Use the “original_start” of one of them.";
        return Err(Refusal::field("from", "no-such-session", text));
    }
    let splits = from > first;
    let old = read::standing(&before)?;
    let except = match &patch.except {
        Some(days) => read::except(days)?,
        None => read::standing_except(&before),
    };
    let pattern = patched(&old, patch, splits.then_some(from))?;
    let mut breaks = store::breaks(conn, before.program_id).await?;
    breaks.extend(read::breaks(&except));
    let Made { sessions: made, left_out } = read::made(&pattern, &breaks)?;
    let sessions: Vec<session::Model> = all.into_iter().filter(|one| original(one) >= Some(from)).collect();
    let there: Vec<There> = sessions.iter().map(|one| there(one, &old, now)).collect();
    let mut changes = changes::between(&there, &made);
    // What would have been is not made afterwards.
    changes.retain(|change| !matches!(change, Change::Added { occurrence } if made[*occurrence].starts_at < now));
    let after = after(&before, &pattern, &except, patch, &words, splits, now);
    Ok(Planned { before, after, splits, from, sessions, there, made, left_out, changes })
}

/// The words of a patch, checked.
struct Words {
    title: Option<String>,
    summary: Option<String>,
    plan: Option<Vec<PlanStep>>,
}

fn words(patch: &SeriesPatch) -> Answer<Words> {
    let mut checks = Checks::new();
    let words = Words {
        title: patch.title.as_deref().map(|title| checks.text("title", title, 1, 160)),
        summary: patch.summary.as_deref().map(|summary| checks.text("summary", summary, 0, 500)),
        plan: patch.plan.as_deref().map(|plan| schedule::read_plan(&mut checks, plan)),
    };
    checks.finish()?;
    Ok(words)
}

pub fn original(one: &session::Model) -> Option<NaiveDateTime> {
    one.original_start.as_deref().and_then(parse_local)
}

/// The pattern with a patch on it; from `from` on, where only a part changes.
fn patched(old: &Pattern, patch: &SeriesPatch, from: Option<NaiveDateTime>) -> Answer<Pattern> {
    let starts = from.map_or(old.starts, |from| from.date().and_time(old.starts.time()));
    let length = old.ends - old.starts;
    let starts = patch.starts_local.clone().unwrap_or_else(|| read::text(starts));
    // Who moves the beginning alone keeps the length.
    let ends = patch.ends_local.clone().or_else(|| Some(read::text(parse_local(&starts)? + length)));
    let rule = patch.rule.clone().unwrap_or_else(|| rest(old, from).to_string());
    let zone = patch.time_zone.as_deref().unwrap_or(old.zone.name());
    read::pattern(Said { rule: &rule, starts: &starts, ends: ends.as_deref().unwrap_or_default(), zone })
}

/// The old rule for the part that changes: of a number of sessions those are left that did not come before.
fn rest(old: &Pattern, from: Option<NaiveDateTime>) -> Rule {
    let mut rule = old.rule.clone();
    if let (Ends::Count(count), Some(from)) = (rule.ends, from) {
        let all = super::expand::days(&old.rule, old.starts, count as usize);
        let before = all.iter().filter(|day| **day < from.date()).count() as u32;
        rule.ends = Ends::Count(count.saturating_sub(before).max(1));
    }
    rule
}

fn there(one: &session::Model, old: &Pattern, now: At) -> There {
    let original = original(one).unwrap_or(old.starts);
    let open = one.state == State::Scheduled && one.ends_at > now;
    let by_rule = times::on(old, original.date());
    let moved = one.starts_at != by_rule.starts_at || one.ends_at != by_rule.ends_at;
    There { day: original.date(), open, moved }
}

fn after(
    before: &Model,
    pattern: &Pattern,
    except: &[NaiveDate],
    patch: &SeriesPatch,
    words: &Words,
    splits: bool,
    now: At,
) -> Model {
    Model {
        id: if splits { SeriesId::new() } else { before.id },
        program_id: before.program_id,
        rule: pattern.rule.to_string(),
        starts_local: read::text(pattern.starts),
        ends_local: read::text(pattern.ends),
        time_zone: pattern.zone.name().into(),
        title: words.title.clone().unwrap_or_else(|| before.title.clone()),
        icon: patch.icon.unwrap_or(before.icon),
        tone: patch.tone.unwrap_or(before.tone),
        lead_id: patch.lead_id.unwrap_or(before.lead_id),
        version: if splits { 1 } else { before.version + 1 },
        created_at: if splits { now } else { before.created_at },
        updated_at: now,
        summary: words.summary.clone().unwrap_or_else(|| before.summary.clone()),
        plan: words.plan.as_deref().map_or_else(|| before.plan.clone(), schedule::written),
        except: read::written(except),
    }
}

impl Planned {
    /// When a session is afterwards.
    pub fn time(&self, session: usize, occurrence: usize) -> Option<&Occurrence> {
        let made = &self.made[occurrence];
        let by_hand = self.there[session].moved && made.original.date() == self.there[session].day;
        (!by_hand).then_some(made)
    }

    /// Who leads a session afterwards: the series' lead, unless it had its own.
    pub fn lead(&self, session: usize) -> Option<UserId> {
        let own = self.sessions[session].lead_id;
        if own == self.before.lead_id { self.after.lead_id } else { own }
    }

    fn previewed(&self, change: &Change) -> (PreviewedSession, Option<UserId>) {
        let as_is = |session: usize, change: SeriesChange| {
            let one = &self.sessions[session];
            let shown = PreviewedSession {
                change,
                session_id: Some(one.id),
                starts_local: one.starts_local.clone(),
                ends_local: one.ends_local.clone(),
                starts_at: one.starts_at,
                ends_at: one.ends_at,
                was_starts_local: None,
                note: None,
                conflicts: Vec::new(),
            };
            (shown, self.lead(session))
        };
        match *change {
            Change::Added { occurrence } => (make::added(&self.made[occurrence]), self.after.lead_id),
            Change::Removed { session } => as_is(session, SeriesChange::Removed),
            Change::Stays { session } => as_is(session, SeriesChange::Untouched),
            Change::Follows { session, occurrence } => {
                let one = &self.sessions[session];
                match self.time(session, occurrence) {
                    Some(time) if (time.starts_at, time.ends_at) != (one.starts_at, one.ends_at) => {
                        let mut shown = make::added(time);
                        shown.change = SeriesChange::Moved;
                        shown.session_id = Some(one.id);
                        shown.was_starts_local = Some(one.starts_local.clone());
                        (shown, self.lead(session))
                    }
                    _ => as_is(session, SeriesChange::Kept),
                }
            }
        }
    }
}

pub async fn preview(parts: &Parts, caller: &Caller, id: SeriesId, patch: SeriesPatch) -> Answer<SeriesPreview> {
    let conn = parts.db.read();
    let (row, staff) = show::staff_of(conn, caller, id).await?;
    let program = staff.plans()?.into_program();
    let planned = plan(conn, row, &patch, parts.clock.now()).await?;
    let mut shown: Vec<_> = planned.changes.iter().map(|change| planned.previewed(change)).collect();
    shown.sort_by_key(|(one, _)| one.starts_at);
    let (mut sessions, leads): (Vec<_>, Vec<_>) = shown.into_iter().unzip();
    let own: Vec<_> = planned.sessions.iter().map(|one| one.id).collect();
    conflicts::find(conn, program.id, &leads, &own, &mut sessions).await?;
    Ok(SeriesPreview { sessions, left_out: make::shown(planned.left_out) })
}
