//! Who may do what in a program. Pure: values in, a permission or a sentence out.

use super::model::{Part, ProgramStatus, Status, Visibility, program};
use super::place::Place;
use crate::accounts::{Caller, Scope};
use crate::kit::{Answer, Refusal};

/// Whether somebody who stands so may know that this program is there.
pub fn may_see(program: &program::Model, place: &Place) -> bool {
    let belongs = place.enrollment.is_some_and(Status::belongs);
    if place.is_staff() {
        return true;
    }
    match (program.status, program.visibility) {
        (ProgramStatus::Draft, _) => false,
        (ProgramStatus::Archived, _) | (ProgramStatus::Published, Visibility::Private) => belongs,
        (ProgramStatus::Published, Visibility::Public | Visibility::Link) => true,
    }
}

/// Only whoever may teach makes programs.
pub fn may_create(caller: &Caller) -> Answer<()> {
    if caller.may_teach() {
        return Ok(());
    }
    Err(Refusal::forbidden("Only instructors and administrators can make a program."))
}

/// Any staff runs the day: starts, ends, cancels, sees who is enrolled.
pub fn may_run(place: &Place) -> Answer<()> {
    if place.is_staff() {
        return Ok(());
    }
    Err(Refusal::forbidden("Only the staff of this program can do that."))
}

/// The program and its timetable are planned by its lead and co-instructors.
pub fn may_plan(place: &Place) -> Answer<()> {
    if place.admin || matches!(place.part, Some(Part::Lead | Part::CoInstructor)) {
        return Ok(());
    }
    Err(Refusal::forbidden("Only the lead and the co-instructors of this program can change it."))
}

/// A program is deleted by its lead.
pub fn may_delete(place: &Place) -> Answer<()> {
    if place.admin || place.part == Some(Part::Lead) {
        return Ok(());
    }
    Err(Refusal::forbidden("Only the lead of this program can delete it."))
}

/// A personal join link opens what its person is in; entering and leaving programs needs the account.
pub fn may_choose_programs(caller: &Caller) -> Answer<()> {
    if caller.scope == Scope::Account {
        return Ok(());
    }
    Err(Refusal::forbidden("You came by a join link. It opens your own programs; ask your staff to change them."))
}

/// Whether somebody may enroll themselves; staff add others without this.
pub fn may_enroll_self(program: &program::Model) -> Answer<()> {
    if program.visibility == Visibility::Private {
        return Err(Refusal::forbidden("This program is private. Its staff enroll people."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programs::model::{Icon, Kind, Tone};

    fn program(status: ProgramStatus, visibility: Visibility) -> program::Model {
        program::Model {
            id: crate::kit::ProgramId::new(),
            slug: "morning".into(),
            title: "Morning".into(),
            summary: String::new(),
            description: String::new(),
            kind: Kind::DayProgram,
            status,
            visibility,
            time_zone: "Europe/London".into(),
            capacity: None,
            taken: 0,
            waiting: 0,
            price_cents: 0,
            currency: "GBP".into(),
            join_minutes_before: 10,
            waiting_room: false,
            guests: false,
            recording_days: 30,
            icon: Icon::Sunrise,
            tone: Tone::Clay,
            search_text: String::new(),
            version: 1,
            created_at: crate::kit::At(0),
            updated_at: crate::kit::At(0),
        }
    }

    #[test]
    fn who_sees_which_program() {
        use ProgramStatus::*;
        use Visibility::*;
        let stranger = Place::default();
        let enrolled = Place { enrollment: Some(Status::Waitlisted), ..stranger };
        let left = Place { enrollment: Some(Status::Cancelled), ..stranger };
        let assistant = Place { part: Some(Part::Assistant), ..stranger };
        let admin = Place { admin: true, ..stranger };
        for (status, visibility, sees) in [
            (Draft, Public, [false, false, false]),
            (Published, Public, [true, true, true]),
            (Published, Link, [true, true, true]),
            (Published, Private, [false, true, false]),
            (Archived, Public, [false, true, false]),
        ] {
            let program = program(status, visibility);
            let seen = [stranger, enrolled, left].map(|place| may_see(&program, &place));
            assert_eq!(seen, sees, "{status:?} {visibility:?}");
            assert!(may_see(&program, &assistant) && may_see(&program, &admin), "{status:?} {visibility:?}");
        }
    }

    #[test]
    fn an_assistant_runs_the_day_but_does_not_plan_it() {
        let assistant = Place { part: Some(Part::Assistant), ..Place::default() };
        let co = Place { part: Some(Part::CoInstructor), ..Place::default() };
        assert!(may_run(&assistant).is_ok() && may_plan(&assistant).is_err());
        assert!(may_plan(&co).is_ok() && may_delete(&co).is_err());
        assert!(may_run(&Place { enrollment: Some(Status::Active), ..Place::default() }).is_err());
    }
}
