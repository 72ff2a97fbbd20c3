//! Who may be shown: by what they say now, and by what they had said at the moment when it was.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder};

use super::model::consent;
use crate::kit::{Answer, At, ProgramId, SessionId, UserId};
use crate::live::model::Entity as Seats;

/// All answers that were ever given in a program.
#[derive(Debug, Default)]
pub struct Willing(BTreeMap<UserId, Vec<(At, bool)>>);

impl Willing {
    pub async fn read(conn: &impl ConnectionTrait, program: ProgramId) -> Answer<Willing> {
        let rows = consent::Entity::find().filter(consent::Column::ProgramId.eq(program));
        let mut answers = BTreeMap::<UserId, Vec<(At, bool)>>::new();
        for row in rows.order_by_asc(consent::Column::At).all(conn).await? {
            answers.entry(row.user_id).or_default().push((row.at, row.yes));
        }
        Ok(Willing(answers))
    }

    /// Whether somebody says now that they may be recorded.
    pub fn now(&self, user: UserId) -> bool {
        self.0.get(&user).and_then(|answers| answers.last()).is_some_and(|(_, yes)| *yes)
    }

    /// Whether what somebody did at a moment may be shown: they say yes now, and had said yes then. A yes is no leave to
    /// show what came before it.
    pub fn then(&self, user: UserId, at: At) -> bool {
        let before = self.0.get(&user).and_then(|answers| answers.iter().rfind(|(since, _)| *since <= at));
        self.now(user) && before.is_some_and(|(_, yes)| *yes)
    }

    /// Whether everybody who had a seat in a class says yes: then words that have no speaker are nobody's who said no.
    pub async fn are_all(&self, conn: &impl ConnectionTrait, session: SessionId) -> Answer<bool> {
        let seats = Seats::find().filter(crate::live::model::Column::SessionId.eq(session)).all(conn).await?;
        Ok(seats.iter().all(|seat| self.now(seat.user_id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_is_no_leave_for_what_came_before_it() {
        let bob = UserId::new();
        let willing = Willing([(bob, vec![(At(10), false), (At(20), true)])].into());
        assert!(willing.now(bob) && willing.then(bob, At(20)));
        assert!(!willing.then(bob, At(19)) && !willing.then(bob, At(5)));
        let took_back = Willing([(bob, vec![(At(10), true), (At(20), false)])].into());
        assert!(!took_back.then(bob, At(15)) && !took_back.now(UserId::new()));
    }
}
