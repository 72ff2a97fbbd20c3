//! Days on which nothing takes place: of the house, and of a program.

use futures::FutureExt;
use uuid::Uuid;

use super::model::holiday;
use super::wire::{Holiday, Holidays};
use super::{read, store};
use crate::accounts::Caller;
use crate::kit::checks::Checks;
use crate::kit::{Answer, ProgramId, Refusal};
use crate::plumbing::Parts;
use crate::programs::place;

const MOST: usize = 200;

/// Of the house: for everybody who may plan.
pub async fn of_house(parts: &Parts, caller: &Caller) -> Answer<Holidays> {
    if !place::staffs(caller) {
        return Err(Refusal::forbidden("The holidays are for those who plan."));
    }
    shown(parts, None).await
}

pub async fn of_program(parts: &Parts, caller: &Caller, key: &str) -> Answer<Holidays> {
    let staff = place::staff_of_key(parts.db.read(), caller, key).await?;
    shown(parts, Some(staff.program().id)).await
}

async fn shown(parts: &Parts, program: Option<ProgramId>) -> Answer<Holidays> {
    let rows = store::holidays(parts.db.read(), program).await?;
    let shown = |row: holiday::Model| Holiday { name: row.name, first_day: row.first_day, last_day: row.last_day };
    Ok(Holidays { holidays: rows.into_iter().map(shown).collect() })
}

pub async fn put_of_house(parts: &Parts, caller: &Caller, said: Holidays) -> Answer<Holidays> {
    if !caller.is_admin() {
        return Err(Refusal::forbidden("The holidays of the house are for its admins to change."));
    }
    let rows = read(None, said)?;
    parts.db.write(|tx| store::put_holidays(tx, None, rows.clone()).boxed()).await?;
    shown(parts, None).await
}

pub async fn put_of_program(parts: &Parts, caller: &Caller, key: &str, said: Holidays) -> Answer<Holidays> {
    let program = parts
        .db
        .write(|tx| {
            let said = said.clone();
            async move {
                let program = place::staff_of_key(tx.conn(), caller, key).await?.plans()?.into_program().id;
                store::put_holidays(tx, Some(program), read(Some(program), said)?).await?;
                Ok(program)
            }
            .boxed()
        })
        .await?;
    shown(parts, Some(program)).await
}

fn read(program: Option<ProgramId>, said: Holidays) -> Answer<Vec<holiday::Model>> {
    let mut checks = Checks::new();
    checks.ensure(said.holidays.len() <= MOST, "holidays", "too-many", format!("Keep at most {MOST} holidays."));
    let mut rows = Vec::new();
    for (place, one) in said.holidays.iter().take(MOST).enumerate() {
        let field = |name: &str| format!("holidays[{place}].{name}");
        let name = checks.text(&field("name"), &one.name, 1, 80);
        let days = [("first_day", &one.first_day), ("last_day", &one.last_day)].map(|(name, text)| {
            let day = read::day(text);
            checks.ensure(day.is_some(), &field(name), "not-a-day", "Write a day like 2026-12-25.");
            day
        });
        let [Some(first), Some(last)] = days else { continue };
        checks.ensure(first <= last, &field("last_day"), "ends-before-start", "The last day is not before the first.");
        let (first_day, last_day) = (first.to_string(), last.to_string());
        rows.push(holiday::Model { id: Uuid::now_v7(), program_id: program, name, first_day, last_day });
    }
    checks.finish()?;
    Ok(rows)
}
