//! The list of programs: the most asked-for page of the house, so two prepared statements answer it.

use sea_orm::{DbBackend, FromQueryResult, Statement, Value};

use super::model::{Part, Status, program};
use super::wire::{self, My, MyEnrollment, ProgramsQuery};
use super::{place, store};
use crate::accounts::Caller;
use crate::kit::paging::{Page, PageQuery};
use crate::kit::{Answer, EnrollmentId, ProgramId, UserId};
use crate::plumbing::Parts;
use crate::plumbing::db::backend;

/// What the caller stands to a program as, beside its row.
#[derive(Debug, FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    program: program::Model,
    my_part: Option<Part>,
    my_enrollment: Option<EnrollmentId>,
    my_status: Option<Status>,
    my_place: Option<i64>,
}

/// Programs the caller may find, the newest first.
pub async fn list(parts: &Parts, caller: Option<&Caller>, query: ProgramsQuery) -> Answer<Page<wire::Program>> {
    let page = PageQuery { limit: query.limit, after: query.after.clone() };
    let (limit, after) = (page.limit()?, page.key::<ProgramId>()?);
    let conn = parts.db.read();
    let statement = statement(backend(parts.db.is_sqlite()), caller, &query, after, limit);
    let rows = Row::find_by_statement(statement).all(conn).await?;
    let page = Page::cut(rows, limit, |row| row.program.id);
    let mut staff = store::staff_of(conn, page.items.iter().map(|row| row.program.id).collect()).await?;
    Ok(page.map(|row| {
        let people = staff.remove(&row.program.id).unwrap_or_default();
        let my = caller.map(|_| My { part: row.my_part, enrollment: row.enrollment() });
        wire::Program::of(row.program, people, my)
    }))
}

impl Row {
    fn enrollment(&self) -> Option<MyEnrollment> {
        let (id, status) = self.my_enrollment.zip(self.my_status)?;
        Some(MyEnrollment { id, status, place_in_line: self.my_place })
    }
}

/// Who nobody is, for the joins of a list that is asked for without signing in.
const NOBODY: UserId = UserId(uuid::Uuid::nil());

const SELECT: &str = "SELECT p.*, s.part AS my_part, e.id AS my_enrollment, e.status AS my_status, \
     CASE WHEN e.status = 'waitlisted' THEN (SELECT COUNT(*) FROM enrollments l WHERE l.program_id = p.id \
       AND l.status = 'waitlisted' AND (l.queued_at < e.queued_at OR (l.queued_at = e.queued_at AND l.id <= e.id))) \
     END AS my_place \
     FROM programs p \
     LEFT JOIN program_staff s ON s.program_id = p.id AND s.user_id = $1 \
     LEFT JOIN enrollments e ON e.program_id = p.id AND e.user_id = $2 \
     WHERE ";

const STAFFED: &str = "s.user_id IS NOT NULL";
const ENROLLED: &str = "(e.status <> 'cancelled' AND p.status <> 'draft')";
const LISTED: &str = "(p.status = 'published' AND p.visibility = 'public')";

fn statement(
    backend: DbBackend,
    caller: Option<&Caller>,
    query: &ProgramsQuery,
    after: Option<ProgramId>,
    limit: u64,
) -> Statement {
    let me = caller.map_or(NOBODY, |c| c.id);
    // A join link never makes staff: its row in the staff table is not looked for.
    let staffs = caller.filter(|c| place::staffs(c)).map_or(NOBODY, |c| c.id);
    let mut sql = String::with_capacity(1200);
    sql.push_str(SELECT);
    let mine = query.mine == Some(true);
    match caller {
        _ if mine => sql.push_str(&format!("({STAFFED} OR {ENROLLED})")),
        Some(caller) if caller.is_admin() => sql.push_str("1 = 1"),
        Some(_) => sql.push_str(&format!("({LISTED} OR {STAFFED} OR {ENROLLED})")),
        None => sql.push_str(LISTED),
    }
    let mut values: Vec<Value> = vec![staffs.into(), me.into()];
    if let Some(kind) = query.kind {
        values.push(kind.into());
        sql.push_str(&format!(" AND p.kind = ${}", values.len()));
    }
    if let Some(after) = after {
        values.push(after.into());
        sql.push_str(&format!(" AND p.id < ${}", values.len()));
    }
    values.push((limit as i64 + 1).into());
    sql.push_str(&format!(" ORDER BY p.id DESC LIMIT ${}", values.len()));
    Statement::from_sql_and_values(backend, sql, values)
}
