//! The list of programs: the most asked-for page of the house. One prepared statement reads which programs and what
//! is lively about them; the rest stands on cards.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use serde::Serialize;

use super::cards::{Card, Cards};
use super::model::Part;
use super::place;
use super::wire::{My, MyEnrollment, PersonName, ProgramsQuery, StaffMember};
use crate::accounts::Caller;
use crate::accounts::caller::Accounts;
use crate::kit::paging::{Page, PageQuery};
use crate::kit::{Answer, EnrollmentId, ProgramId, Refusal, UserId};
use crate::plumbing::Parts;
use crate::plumbing::db::backend;

/// What changes without a new version of the program: the fields of [`Lively`].
pub(super) const LIVELY: [&str; 5] = ["places_left", "staff", "enrolled", "waiting", "my"];

#[derive(Serialize)]
struct Lively {
    places_left: Option<i32>,
    staff: Vec<StaffMember>,
    enrolled: i32,
    waiting: i32,
    my: Option<My>,
}

/// One program of the list, as the query reads it.
struct Row {
    id: ProgramId,
    version: i32,
    taken: i32,
    waiting: i32,
    my: My,
}

/// Programs the caller may find, the newest first, as JSON: a page of what `wire::Program` describes.
pub async fn list(parts: &Parts, caller: Option<&Caller>, query: ProgramsQuery) -> Answer<String> {
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let (limit, after) = (page.limit()?, page.key::<ProgramId>()?);
    let statement = statement(parts, caller, &query, after, limit);
    let rows = parts.db.read().query_all_raw(statement).await?;
    let rows = rows.iter().map(Row::read).collect::<Result<Vec<_>, DbErr>>()?;
    let page = Page::cut(rows, limit, |row| row.id);
    let wanted: Vec<_> = page.items.iter().map(|row| (row.id, row.version)).collect();
    let cards = parts.memory.of::<Cards>().of(parts, &wanted).await?;
    let staff = cards.values().flat_map(|card| &card.staff).map(|(id, _)| *id).collect();
    let people = parts.memory.of::<Accounts>().get_all(parts, staff).await?;
    let name = |id: &UserId| people.get(id).map(|account| account.name.to_string()).unwrap_or_default();

    let mut text = String::with_capacity(page.items.len() * 1024 + 128);
    text.push_str("{\"items\":[");
    for row in page.items {
        // One that was deleted between the two looks is not there any more.
        let Some(card) = cards.get(&row.id) else { continue };
        if !text.ends_with('[') {
            text.push(',');
        }
        write(&mut text, card, row, caller.is_some(), name)?;
    }
    text.push_str("],\"next\":");
    text.push_str(&json(&page.next)?);
    text.push('}');
    Ok(text)
}

fn write(
    text: &mut String,
    card: &Arc<Card>,
    row: Row,
    signed_in: bool,
    name: impl Fn(&UserId) -> String,
) -> Answer<()> {
    let member =
        |(id, part): &(UserId, Part)| StaffMember { user: PersonName { id: *id, name: name(id) }, part: *part };
    let lively = Lively {
        places_left: card.capacity.map(|capacity| (capacity - row.taken).max(0)),
        staff: card.staff.iter().map(member).collect(),
        enrolled: row.taken,
        waiting: row.waiting,
        my: signed_in.then_some(row.my),
    };
    text.push_str(&card.text);
    text.push(',');
    text.push_str(&json(&lively)?[1..]);
    Ok(())
}

fn json(value: &impl Serialize) -> Answer<String> {
    serde_json::to_string(value).map_err(Refusal::broken)
}

impl Row {
    /// By position: a lookup by name would cost more than the value.
    fn read(row: &QueryResult) -> Result<Row, DbErr> {
        let id: Option<EnrollmentId> = row.try_get_by_index(5)?;
        let enrollment = match id {
            Some(id) => {
                Some(MyEnrollment { id, status: row.try_get_by_index(6)?, place_in_line: row.try_get_by_index(7)? })
            }
            None => None,
        };
        Ok(Row {
            id: row.try_get_by_index(0)?,
            version: row.try_get_by_index(1)?,
            taken: row.try_get_by_index(2)?,
            waiting: row.try_get_by_index(3)?,
            my: My { part: row.try_get_by_index(4)?, enrollment },
        })
    }
}

/// Who nobody is, for the joins of a list that is asked for without signing in.
const NOBODY: UserId = UserId(uuid::Uuid::nil());

const SELECT: &str = "SELECT p.id, p.version, p.taken, p.waiting, s.part, e.id, e.status, \
     CASE WHEN e.status = 'waitlisted' THEN (SELECT COUNT(*) FROM enrollments l WHERE l.program_id = p.id \
       AND l.status = 'waitlisted' AND (l.queued_at < e.queued_at OR (l.queued_at = e.queued_at AND l.id <= e.id))) \
     END \
     FROM programs p \
     LEFT JOIN program_staff s ON s.program_id = p.id AND s.user_id = $1 \
     LEFT JOIN enrollments e ON e.program_id = p.id AND e.user_id = $2 \
     WHERE ";

const STAFFED: &str = "s.user_id IS NOT NULL";
const ENROLLED: &str = "(e.status <> 'cancelled' AND p.status <> 'draft')";
const LISTED: &str = "(p.status = 'published' AND p.visibility = 'public')";

fn statement(
    parts: &Parts,
    caller: Option<&Caller>,
    query: &ProgramsQuery,
    after: Option<ProgramId>,
    limit: u64,
) -> Statement {
    let me = caller.map_or(NOBODY, |c| c.id);
    // A join link never makes staff: its row in the staff table is not looked for.
    let staff = caller.filter(|c| place::staffs(c)).map_or(NOBODY, |c| c.id);
    let found = match caller {
        _ if query.mine == Some(true) => format!("({STAFFED} OR {ENROLLED})"),
        Some(caller) if caller.is_admin() => "1 = 1".to_string(),
        Some(_) => format!("({LISTED} OR {STAFFED} OR {ENROLLED})"),
        None => LISTED.to_string(),
    };
    let mut sql = format!("{SELECT}{found}");
    let mut values: Vec<Value> = vec![staff.into(), me.into()];
    let mut also = |words: &str, value: Value| {
        values.push(value);
        sql.push_str(&format!(" {words} ${}", values.len()));
    };
    if let Some(kind) = query.kind {
        also("AND p.kind =", kind.into());
    }
    if let Some(after) = after {
        also("AND p.id <", after.into());
    }
    also("ORDER BY p.id DESC LIMIT", (limit as i64 + 1).into());
    Statement::from_sql_and_values(backend(parts.db.is_sqlite()), sql, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lively_is_named_as_it_is_written() {
        let lively = Lively { places_left: None, staff: Vec::new(), enrolled: 0, waiting: 0, my: None };
        let written = serde_json::to_value(&lively).unwrap();
        let mut names = LIVELY;
        names.sort();
        assert_eq!(written.as_object().unwrap().keys().collect::<Vec<_>>(), names.iter().collect::<Vec<_>>());
    }
}
