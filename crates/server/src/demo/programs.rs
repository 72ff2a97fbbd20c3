//! The sample programs: a weekday day program, a small one for weekends, a paid evening workshop, a public event.

use super::people::{BEN, HELEN, INGRID, MAYA, NOOR, STAFF};
use super::seed::Seed;
use super::store::Rows;
use crate::accounts::model;
use crate::kit::{At, EnrollmentId, ProgramId, UserId, text};
use crate::programs::{Icon, Kind, Part, ProgramStatus, Status, Tone, Visibility, enrollment, program, staff};

pub const WEEKDAY: usize = 0;
pub const WEEKEND: usize = 1;
pub const WATERCOLOUR: usize = 2;
pub const CONCERT: usize = 3;

/// The door opens this long before a session starts, so that a class is open however the start was rounded.
pub const DOOR_MINUTES: i32 = 15;

struct Sample {
    title: &'static str,
    summary: &'static str,
    description: &'static str,
    kind: Kind,
    visibility: Visibility,
    capacity: Option<i32>,
    price_cents: i64,
    icon: Icon,
    tone: Tone,
    /// The first leads.
    staff: &'static [(usize, Part)],
    /// Who asked for a place, in this order, by their place among the participants.
    asked: &'static [usize],
}

const SAMPLES: [Sample; 4] = [
    Sample {
        title: "Weekday Together",
        summary: "A weekday timetable of short live classes for adults who take part from home.",
        description: "Every weekday we meet in short live classes: a morning circle, movement, art, music, stories and \
                      time to talk. Come to all of it or to what you like. Camera is never required, and a helper joins \
                      if you ask.",
        kind: Kind::DayProgram,
        visibility: Visibility::Public,
        capacity: Some(20),
        price_cents: 0,
        icon: Icon::Sunrise,
        tone: Tone::Clay,
        staff: &[
            (MAYA, Part::Lead),
            (BEN, Part::CoInstructor),
            (INGRID, Part::CoInstructor),
            (NOOR, Part::CoInstructor),
            (HELEN, Part::Assistant),
        ],
        asked: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
    },
    Sample {
        title: "Weekend Company",
        summary: "Tea, music and company on Saturdays and Sundays.",
        description: "Weekends can be long. We open the room for tea and music, and nobody has to say anything.",
        kind: Kind::DayProgram,
        visibility: Visibility::Private,
        capacity: None,
        price_cents: 0,
        icon: Icon::Tea,
        tone: Tone::Plum,
        staff: &[(MAYA, Part::Lead), (INGRID, Part::CoInstructor), (NOOR, Part::CoInstructor), (BEN, Part::Assistant)],
        asked: &[0, 2, 4, 6, 10, 11, 14, 16, 22],
    },
    Sample {
        title: "Watercolour Evenings",
        summary: "Six calm evenings with brush and water. For beginners, and for anyone who has not painted since school.",
        description: "We start each evening with ten quiet minutes of colour mixing. Then Ben paints on camera, slowly and \
                      close up, and you paint along. We end by looking at each other’s pictures, if you like.\n\nYou need \
                      watercolours, two brushes, thick paper and a jar of water. If buying paint is hard, tell us and we \
                      post you a box.",
        kind: Kind::Workshop,
        visibility: Visibility::Public,
        capacity: Some(16),
        price_cents: 4800,
        icon: Icon::Palette,
        tone: Tone::Sky,
        staff: &[(BEN, Part::Lead), (HELEN, Part::Assistant)],
        asked: &[23, 0, 22, 2, 4, 6, 8, 11, 12, 14, 16, 18, 20, 21],
    },
    Sample {
        title: "Autumn concert",
        summary: "Songs by the people of the Music room. Free, open to all.",
        description: "An hour of songs that we learned this autumn. Families, friends and strangers are welcome; you need \
                      no ticket, only a place so that we know how many we are.",
        kind: Kind::Event,
        visibility: Visibility::Public,
        capacity: Some(200),
        price_cents: 0,
        icon: Icon::Music,
        tone: Tone::Plum,
        staff: &[(INGRID, Part::Lead), (MAYA, Part::CoInstructor)],
        asked: &[0, 1, 4, 6, 10, 12, 16, 18, 19, 22, 23],
    },
];

/// Programs, their staff, and who is enrolled; the sessions come later.
pub fn add(seed: &mut Seed, start: At, rows: &mut Rows) {
    for (n, sample) in SAMPLES.iter().enumerate() {
        let made = start.plus_seconds((n as i64 - 80) * 86_400);
        let id = ProgramId(seed.id(made));
        let enrollments = enrollments(seed, made, id, sample, &rows.users);
        rows.programs.push(program(sample, id, made, &enrollments));
        rows.staff.extend(sample.staff.iter().enumerate().map(|(k, &(who, part))| staff::Model {
            program_id: id,
            user_id: rows.users[who].id,
            part,
            created_at: made.plus_minutes(k as i64),
        }));
        rows.enrollments.extend(enrollments);
    }
}

fn program(sample: &Sample, id: ProgramId, made: At, enrollments: &[enrollment::Model]) -> program::Model {
    let count = |is: fn(Status) -> bool| enrollments.iter().filter(|e| is(e.status)).count() as i32;
    program::Model {
        id,
        slug: text::slug(sample.title),
        title: sample.title.into(),
        summary: sample.summary.into(),
        description: sample.description.into(),
        kind: sample.kind,
        status: ProgramStatus::Published,
        visibility: sample.visibility,
        time_zone: super::ZONE.into(),
        capacity: sample.capacity,
        taken: count(Status::holds_a_place),
        waiting: count(|status| status == Status::Waitlisted),
        price_cents: sample.price_cents,
        currency: "GBP".into(),
        join_minutes_before: DOOR_MINUTES,
        waiting_room: false,
        // Open to all means without an account too.
        guests: sample.kind == Kind::Event && sample.price_cents == 0,
        recording_days: 30,
        icon: sample.icon,
        tone: sample.tone,
        search_text: text::fold(&format!("{} {}", sample.title, sample.summary)),
        version: 1,
        created_at: made,
        updated_at: made,
    }
}

/// In the order in which people asked: first the places, then the line.
fn enrollments(
    seed: &mut Seed,
    made: At,
    program_id: ProgramId,
    sample: &Sample,
    users: &[model::Model],
) -> Vec<enrollment::Model> {
    let places = sample.capacity.map_or(usize::MAX, |c| c as usize);
    let row = |(n, &who): (usize, &usize)| {
        let asked = made.plus_minutes(60 + n as i64 * 97);
        let status = if n < places { Status::Active } else { Status::Waitlisted };
        enrollment::Model {
            id: EnrollmentId(seed.id(asked)),
            program_id,
            user_id: participant(users, who),
            status,
            queued_at: asked,
            created_at: asked,
            updated_at: asked,
        }
    };
    sample.asked.iter().enumerate().map(row).collect()
}

fn participant(users: &[model::Model], who: usize) -> UserId {
    users[STAFF.len() + who].id
}
