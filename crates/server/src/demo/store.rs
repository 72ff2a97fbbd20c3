//! Writing the sample organisation, and reading who is in it.

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, IntoActiveModel, QueryOrder};

use super::people::STAFF;
use super::{HOST, ORGANISATION, Sample};
use crate::accounts::{self, Role, model as users, set_up};
use crate::attendance::model as attendances;
use crate::kit::{Answer, At, UserId};
use crate::plumbing::db::Tx;
use crate::programs::{enrollment, program, session, staff};

/// Rows go in by so many, within what one statement may bind on either database.
const AT_ONCE: usize = 250;

/// Everything there is to write.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    pub users: Vec<users::Model>,
    pub programs: Vec<program::Model>,
    pub staff: Vec<staff::Model>,
    pub enrollments: Vec<enrollment::Model>,
    pub sessions: Vec<session::Model>,
    pub attendances: Vec<attendances::Model>,
}

impl Rows {
    /// The person at this place of the staff, where they are staff of this program; else the program's lead.
    pub fn lead(&self, program: usize, place: usize) -> Option<UserId> {
        let wanted = self.users[..STAFF.len()].get(place).map(|u| u.id);
        let mut of_program = self.staff.iter().filter(|s| s.program_id == self.programs[program].id).map(|s| s.user_id);
        let first = of_program.clone().next();
        of_program.find(|id| Some(*id) == wanted).or(first)
    }
}

/// Writes all of it; false, and nothing written, where there are people.
pub async fn insert(tx: &Tx<'_>, start: At, rows: &Rows) -> Answer<bool> {
    if accounts::store::count_all(tx.conn()).await? > 0 {
        return Ok(false);
    }
    set_up::write(tx.conn(), ORGANISATION, None, Some(start)).await?;
    many(tx, &rows.users).await?;
    many(tx, &rows.programs).await?;
    many(tx, &rows.staff).await?;
    many(tx, &rows.enrollments).await?;
    many(tx, &rows.sessions).await?;
    many(tx, &rows.attendances).await?;
    Ok(true)
}

async fn many<M>(tx: &Tx<'_>, rows: &[M]) -> Answer<()>
where
    M: Clone + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + ModelTrait,
    <M::Entity as EntityTrait>::ActiveModel: Send,
{
    for some in rows.chunks(AT_ONCE) {
        let some = some.iter().map(|row| row.clone().into_active_model().reset_all());
        M::Entity::insert_many(some).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

/// The sample people who are there, admins first.
pub async fn who(conn: &impl ConnectionTrait) -> Answer<Vec<Sample>> {
    let rows = users::Entity::find()
        .filter(users::Column::Email.ends_with(format!("@{HOST}")))
        .filter(users::Column::Active.eq(true))
        .order_by_asc(users::Column::Id)
        .all(conn)
        .await?;
    let mut people: Vec<Sample> =
        rows.into_iter().filter_map(|u| Some(Sample { name: u.name, email: u.email?, role: u.role })).collect();
    people.sort_by_key(|p| match p.role {
        Role::Admin => 0,
        Role::Instructor => 1,
        Role::Participant => 2,
    });
    Ok(people)
}
