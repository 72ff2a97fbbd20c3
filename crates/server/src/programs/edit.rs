//! Making, changing and deleting programs, and how far they are: draft, published, archived.

use futures::FutureExt;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::model::{Icon, Kind, Part, ProgramStatus, State, Tone, Visibility, program};
use super::wire::{NewProgram, ProgramPatch};
use super::{enroll, place, policy, store};
use crate::accounts::Caller;
use crate::kit::checks::Checks;
use crate::kit::refusal::FieldError;
use crate::kit::{Answer, At, ProgramId, Refusal, text};
use crate::plumbing::Parts;
use crate::plumbing::db::{Tx, violates};
use crate::plumbing::http::IfMatch;

/// Currencies a price can have: what the field's payment providers take in the places we know of.
const CURRENCIES: [&str; 24] = [
    "AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "INR", "JPY", "KRW", "MXN", "NOK",
    "NZD", "PLN", "RON", "SEK", "SGD", "TRY", "USD", "ZAR",
];

/// A program's ETag: strong, from its version.
pub fn etag(version: i32) -> String {
    format!("\"{version}\"")
}

/// Makes a draft. Whoever makes it becomes its lead.
pub async fn create(parts: &Parts, caller: &Caller, input: NewProgram) -> Answer<program::Model> {
    policy::may_create(caller)?;
    let fresh = blank(parts.clock.now(), caller, input.kind);
    let new = ProgramPatch {
        title: Some(input.title),
        summary: input.summary,
        description: input.description,
        kind: None,
        time_zone: input.time_zone,
        capacity: Some(input.capacity),
        visibility: input.visibility,
        price_cents: input.price_cents,
        currency: input.currency,
        join_minutes_before: input.join_minutes_before,
        waiting_room: input.waiting_room,
        guests: input.guests,
        recording_days: input.recording_days,
        icon: input.icon,
        tone: input.tone,
    };
    let program = new.read()?.apply(fresh);
    let program = &program;
    // Two programs of one title at once want the same slug; whoever comes second takes the next.
    for _ in 0..8 {
        let done = parts.db.write(|tx| insert(tx, caller, program.clone()).boxed()).await;
        match done {
            Err(refusal) if refusal.code == SLUG_TAKEN => continue,
            done => return done,
        }
    }
    Err(slug_taken())
}

const SLUG_TAKEN: &str = "slug-taken";

async fn insert(tx: &Tx<'_>, caller: &Caller, mut program: program::Model) -> Answer<program::Model> {
    program.slug = free_slug(tx, &program.title).await?;
    let row = program.clone().into_active_model().reset_all();
    match program::Entity::insert(row).exec_without_returning(tx.conn()).await {
        Err(error) if violates(&error, "slug") => return Err(slug_taken()),
        done => done?,
    };
    store::put_staff(tx, program.id, caller.id, Part::Lead, program.created_at).await?;
    store::find_program(tx.conn(), program.id).await?.ok_or_else(place::no_such_program)
}

/// The title's slug, or with -2, -3… the first that is free.
async fn free_slug(tx: &Tx<'_>, title: &str) -> Answer<String> {
    let base = match text::slug(title) {
        slug if slug.is_empty() => "program".to_string(),
        slug => slug,
    };
    let taken: std::collections::HashSet<String> = store::slugs_like(tx.conn(), &base).await?.into_iter().collect();
    let mut numbered = (2..).map(|n| format!("{base}-{n}"));
    let free = std::iter::once(base.clone()).chain(&mut numbered).find(|slug| !taken.contains(slug));
    Ok(free.unwrap_or(base))
}

fn blank(now: At, caller: &Caller, kind: Kind) -> program::Model {
    let (icon, tone) = match kind {
        Kind::DayProgram => (Icon::Sunrise, Tone::Clay),
        Kind::Course => (Icon::Book, Tone::Iris),
        Kind::Workshop => (Icon::Palette, Tone::Teal),
        Kind::Event => (Icon::Star, Tone::Plum),
    };
    program::Model {
        id: ProgramId::new(),
        slug: String::new(),
        title: String::new(),
        summary: String::new(),
        description: String::new(),
        kind,
        status: ProgramStatus::Draft,
        visibility: Visibility::Public,
        time_zone: caller.time_zone.name().into(),
        capacity: None,
        taken: 0,
        waiting: 0,
        price_cents: 0,
        currency: "GBP".into(),
        join_minutes_before: 10,
        waiting_room: false,
        guests: false,
        recording_days: 30,
        icon,
        tone,
        search_text: String::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

impl ProgramPatch {
    /// The patch with every field checked, text trimmed.
    fn read(mut self) -> Answer<Checked> {
        let mut checks = Checks::new();
        let mut read = |field: &str, value: &mut Option<String>, min, max| {
            if let Some(text) = value {
                *text = checks.text(field, text, min, max);
            }
        };
        read("title", &mut self.title, 1, 160);
        read("summary", &mut self.summary, 0, 500);
        read("description", &mut self.description, 0, 20_000);
        if let Some(zone) = &self.time_zone {
            checks.zone("time_zone", zone);
        }
        if let Some(Some(places)) = self.capacity {
            checks.number("capacity", places, 1, 100_000);
        }
        if let Some(cents) = self.price_cents {
            checks.number("price_cents", cents, 0, 100_000_000);
        }
        if let Some(minutes) = self.join_minutes_before {
            checks.number("join_minutes_before", minutes, 0, 120);
        }
        if let Some(days) = self.recording_days {
            checks.number("recording_days", days, 0, 3650);
        }
        if let Some(currency) = &self.currency {
            let text = format!("Choose one of these currencies: {}.", CURRENCIES.join(", "));
            checks.ensure(CURRENCIES.contains(&currency.as_str()), "currency", "unknown-currency", text);
        }
        checks.finish()?;
        Ok(Checked(self))
    }
}

/// A patch whose fields are all right.
struct Checked(ProgramPatch);

impl Checked {
    fn apply(&self, mut program: program::Model) -> program::Model {
        fn set<T: Clone>(field: &mut T, value: &Option<T>) {
            if let Some(value) = value {
                field.clone_from(value);
            }
        }
        let patch = &self.0;
        set(&mut program.title, &patch.title);
        set(&mut program.summary, &patch.summary);
        set(&mut program.description, &patch.description);
        set(&mut program.kind, &patch.kind);
        set(&mut program.time_zone, &patch.time_zone);
        set(&mut program.visibility, &patch.visibility);
        set(&mut program.price_cents, &patch.price_cents);
        set(&mut program.currency, &patch.currency);
        set(&mut program.waiting_room, &patch.waiting_room);
        set(&mut program.guests, &patch.guests);
        set(&mut program.recording_days, &patch.recording_days.map(|n| n as i32));
        set(&mut program.icon, &patch.icon);
        set(&mut program.tone, &patch.tone);
        set(&mut program.capacity, &patch.capacity.map(|places| places.map(|n| n as i32)));
        set(&mut program.join_minutes_before, &patch.join_minutes_before.map(|n| n as i32));
        program.search_text = text::fold(&format!("{} {}", program.title, program.summary));
        program
    }
}

/// Changes a program. More places let people in from the line; fewer than are taken are refused.
pub async fn change(
    parts: &Parts,
    caller: &Caller,
    key: &str,
    if_match: &IfMatch,
    patch: ProgramPatch,
) -> Answer<program::Model> {
    let patch = &patch.read()?;
    parts
        .db
        .write(|tx| {
            async move {
                let before = place::staff_of_key(tx.conn(), caller, key).await?.plans()?.into_program();
                if_match.check(&etag(before.version))?;
                if let Some(Some(places)) = patch.0.capacity
                    && places < i64::from(before.taken)
                {
                    return Err(below_taken(before.taken));
                }
                save(parts, tx, patch.apply(before)).await
            }
            .boxed()
        })
        .await
}

/// Opens a program for enrollment, or takes an archived one up again.
pub async fn publish(parts: &Parts, caller: &Caller, key: &str) -> Answer<program::Model> {
    move_to(parts, caller, key, ProgramStatus::Published).await
}

/// Puts a program away: it is kept, and takes no more people.
pub async fn archive(parts: &Parts, caller: &Caller, key: &str) -> Answer<program::Model> {
    move_to(parts, caller, key, ProgramStatus::Archived).await
}

async fn move_to(parts: &Parts, caller: &Caller, key: &str, status: ProgramStatus) -> Answer<program::Model> {
    parts
        .db
        .write(|tx| {
            async move {
                let mut program = place::staff_of_key(tx.conn(), caller, key).await?.plans()?.into_program();
                if program.status == status {
                    return Err(already(status));
                }
                if status == ProgramStatus::Archived && is_live(tx, program.id).await? {
                    let text = "A class of this program is live. End it first, then archive the program.";
                    return Err(Refusal::conflict("already-live", text));
                }
                program.status = status;
                save(parts, tx, program).await
            }
            .boxed()
        })
        .await
}

async fn is_live(tx: &Tx<'_>, program: ProgramId) -> Answer<bool> {
    Ok(store::session_in_state(tx.conn(), program, State::Live).await?.is_some())
}

/// Writes a changed program with its next version, then lets in who can come in now.
async fn save(parts: &Parts, tx: &Tx<'_>, mut program: program::Model) -> Answer<program::Model> {
    program.version += 1;
    program.updated_at = parts.clock.now();
    let row = program.into_active_model().reset_all();
    let program = program::Entity::update(row).exec(tx.conn()).await?;
    enroll::promote(parts, tx, program).await
}

/// Deletes a program in which nothing has happened yet.
pub async fn delete(parts: &Parts, caller: &Caller, key: &str) -> Answer<()> {
    parts
        .db
        .write(|tx| {
            async move {
                let planner = place::staff_of_key(tx.conn(), caller, key).await?.plans()?;
                policy::may_delete(planner.place())?;
                let id = planner.program().id;
                let conn = tx.conn();
                if store::was_anybody_enrolled(conn, id).await? || store::begun_session(conn, id).await?.is_some() {
                    return Err(has_history());
                }
                // Rooms above keep rows about its sessions: their constraints are the last word.
                match program::Entity::delete_by_id(id).exec(conn).await {
                    Err(error) if store::is_referred_to(&error) => Err(has_history()),
                    done => Ok(done.map(|_| ())?),
                }
            }
            .boxed()
        })
        .await
}

fn has_history() -> Refusal {
    let text = "People have been in this program, so it is kept. Archive it instead.";
    Refusal::conflict("has-history", text)
}

fn already(status: ProgramStatus) -> Refusal {
    match status {
        ProgramStatus::Archived => Refusal::conflict("already-archived", "This program is archived already."),
        _ => Refusal::conflict("already-published", "This program is published already."),
    }
}

fn slug_taken() -> Refusal {
    Refusal::conflict(SLUG_TAKEN, "Another program took this address just now. Try again.")
}

fn below_taken(taken: i32) -> Refusal {
    let text = format!("{taken} people hold a place. Choose at least {taken} places, or let people leave first.");
    let mut refusal = Refusal::conflict("below-taken", text.clone()).with("taken", taken);
    refusal.errors.push(FieldError { field: "capacity".into(), code: "below-taken", message: text });
    refusal
}
