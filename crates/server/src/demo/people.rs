//! Who is in the sample organisation.

use super::seed::Seed;
use super::{HOST, ZONE};
use crate::accounts::{Role, model, store};
use crate::kit::{At, UserId};

pub struct Staff {
    pub name: &'static str,
    /// What stands before the `@`.
    pub mailbox: &'static str,
    pub role: Role,
    pub pronouns: Option<&'static str>,
}

pub const HELEN: usize = 0;
pub const MAYA: usize = 1;
pub const BEN: usize = 2;
pub const INGRID: usize = 3;
pub const NOOR: usize = 4;

pub const STAFF: [Staff; 5] = [
    Staff { name: "Helen Marsh", mailbox: "admin", role: Role::Admin, pronouns: Some("she/her") },
    Staff { name: "Maya Osei", mailbox: "instructor", role: Role::Instructor, pronouns: Some("she/her") },
    Staff { name: "Ben Carver", mailbox: "ben.carver", role: Role::Instructor, pronouns: None },
    Staff { name: "Ingrid Sol", mailbox: "ingrid.sol", role: Role::Instructor, pronouns: Some("she/they") },
    Staff { name: "Noor Rahman", mailbox: "noor.rahman", role: Role::Instructor, pronouns: None },
];

/// A participant, and how their weeks go.
pub struct Participant {
    pub name: &'static str,
    pub pronouns: Option<&'static str>,
    /// Comes so many times in a hundred.
    pub comes: i64,
    /// Has not been there for some days.
    pub away: bool,
}

const fn one(name: &'static str, comes: i64) -> Participant {
    Participant { name, pronouns: None, comes, away: false }
}

const fn away(name: &'static str, comes: i64) -> Participant {
    Participant { name, pronouns: None, comes, away: true }
}

/// Rosa is `participant@`. The order is the order of enrollment.
pub const PARTICIPANTS: [Participant; 24] = [
    Participant { name: "Rosa Delgado", pronouns: Some("she/her"), comes: 96, away: false },
    one("Tom Okafor", 92),
    one("Joan Whitlock", 90),
    Participant { name: "Daniel Weiss", pronouns: Some("he/him"), comes: 88, away: false },
    one("Mei Tanaka", 90),
    one("Ade Balogun", 78),
    one("Petra Novák", 94),
    one("Samir Haddad", 60),
    away("Hana Suzuki", 84),
    away("Viktor Lang", 70),
    away("Amara Diallo", 82),
    one("Siobhán Byrne", 91),
    one("Linh Nguyễn", 86),
    Participant { name: "Kai Ngata", pronouns: Some("they/them"), comes: 75, away: false },
    one("Leila Farahani", 89),
    one("Mateusz Zieliński", 68),
    one("Priya Raman", 93),
    one("Yusuf Demir", 80),
    one("Giulia Ferri", 87),
    one("Kwame Mensah", 72),
    one("Elin Sjöberg", 85),
    one("Omar Siddiqui", 85),
    one("Tala Reyes", 83),
    one("Ivan Petrov", 79),
];

/// The rows of everybody: staff first, then participants.
pub fn users(seed: &mut Seed, start: At, password_hash: &str) -> Vec<model::Model> {
    let staff = STAFF.iter().map(|s| (s.name, s.mailbox.to_string(), s.role, s.pronouns));
    let participants = PARTICIPANTS.iter().enumerate().map(|(n, p)| {
        let mailbox = if n == 0 { "participant".into() } else { mailbox(p.name) };
        (p.name, mailbox, Role::Participant, p.pronouns)
    });
    let house_began = start.plus_seconds(-90 * 86_400);
    let everybody = staff.chain(participants).enumerate();
    everybody
        .map(|(n, (name, mailbox, role, pronouns))| {
            let joined = house_began.plus_minutes(n as i64 * 11);
            let email = format!("{mailbox}@{HOST}");
            model::Model {
                id: UserId(seed.id(joined)),
                name: name.into(),
                search_text: store::search_text(name, Some(&email)),
                email: Some(email),
                password_hash: Some(password_hash.into()),
                role,
                pronouns: pronouns.map(Into::into),
                locale: None,
                time_zone: ZONE.into(),
                active: true,
                guest: false,
                epoch: 0,
                erased_at: None,
                created_at: joined,
                updated_at: joined,
            }
        })
        .collect()
}

/// `linh.nguyen` of “Linh Nguyễn”.
fn mailbox(name: &str) -> String {
    let plain = crate::kit::text::fold(name).replace(' ', ".");
    plain.chars().filter(|c| c.is_ascii_lowercase() || *c == '.').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_plain_and_its_own() {
        let users = users(&mut Seed::at(At(0)), At(0), "hash");
        let mut emails: Vec<_> = users.iter().filter_map(|u| u.email.clone()).collect();
        assert!(emails.contains(&"linh.nguyen@demo.example".into()), "{emails:?}");
        emails.sort();
        emails.dedup();
        assert_eq!(emails.len(), STAFF.len() + PARTICIPANTS.len());
        for email in ["admin@demo.example", "instructor@demo.example", "participant@demo.example"] {
            assert!(emails.contains(&email.into()));
        }
    }
}
