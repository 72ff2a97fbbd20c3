//! Checks on what comes in. Each failed check is one sentence about one field; all of them go out together.

use serde::{Deserialize, Deserializer};

use super::refusal::{Answer, FieldError, Refusal};

/// Collects what is wrong with a request, field by field.
#[derive(Default)]
pub struct Checks(Vec<FieldError>);

impl Checks {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn fail(&mut self, field: &str, code: &'static str, message: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), code, message: message.into() });
    }

    pub fn ensure(&mut self, ok: bool, field: &str, code: &'static str, message: impl Into<String>) {
        if !ok {
            self.fail(field, code, message);
        }
    }

    /// A line or more of text, trimmed, `min..=max` characters. Line breaks only where `max` is above 500.
    pub fn text(&mut self, field: &str, value: &str, min: usize, max: usize) -> String {
        let text = value.trim();
        let length = text.chars().count();
        if length < min {
            let message = if min == 1 {
                format!("Fill in {}.", named(field))
            } else {
                format!("Use at least {min} characters for {}.", named(field))
            };
            self.fail(field, "too-short", message);
        } else if length > max {
            self.fail(field, "too-long", format!("Use at most {max} characters for {}.", named(field)));
        } else if text.chars().any(|c| c.is_control() && !(max > 500 && (c == '\n' || c == '\r' || c == '\t'))) {
            self.fail(field, "control-characters", format!("Leave control characters out of {}.", named(field)));
        }
        text.to_string()
    }

    pub fn optional_text(&mut self, field: &str, value: Option<&str>, max: usize) -> Option<String> {
        let text = self.text(field, value?, 0, max);
        (!text.is_empty()).then_some(text)
    }

    /// A language as a tag of BCP 47, by its shape; none where nothing is written.
    pub fn language(&mut self, field: &str, value: Option<&str>) -> Option<String> {
        let tag = self.optional_text(field, value, 35)?;
        let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let shape = tag.split('-').all(is_part);
        self.ensure(shape, field, "not-a-language-tag", "Write the language as a tag, like en-GB.");
        Some(tag)
    }

    pub fn number(&mut self, field: &str, value: i64, min: i64, max: i64) -> i64 {
        let ok = (min..=max).contains(&value);
        self.ensure(ok, field, "out-of-range", format!("Choose a number from {min} to {max} for {}.", named(field)));
        value
    }

    /// An address in lower case. Only its shape is checked; a mail shows whether it exists.
    pub fn email(&mut self, field: &str, value: &str) -> String {
        let email = value.trim().to_lowercase();
        let shape = email.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !host.contains("..")
                && !host.contains('@')
        });
        let clean = !email.chars().any(|c| c.is_whitespace() || c.is_control() || c == '<' || c == '>' || c == ',');
        if email.is_empty() {
            self.fail(field, "too-short", "Fill in the email address.");
        } else if email.len() > 254 {
            self.fail(field, "too-long", "Use an email address of at most 254 characters.");
        } else if !shape || !clean {
            self.fail(field, "not-an-address", "Write the whole address, like name@example.org.");
        }
        email
    }

    pub fn password(&mut self, field: &str, value: &str) {
        let length = value.chars().count();
        self.ensure(
            length >= 10,
            field,
            "too-short",
            "Use at least 10 characters for the password. Three words are easy to keep.",
        );
        self.ensure(length <= 200, field, "too-long", "Use at most 200 characters for the password.");
    }

    pub fn zone(&mut self, field: &str, value: &str) -> Option<chrono_tz::Tz> {
        let zone = super::time::zone(value);
        self.ensure(
            zone.is_some(),
            field,
            "unknown-zone",
            format!("There is no time zone named “{}”. Use a name like Europe/London.", short(value)),
        );
        zone
    }

    pub fn finish(self) -> Answer<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::fields(self.0)) }
    }
}

/// For a field where “left out” and “null” differ: `None` is left out, `Some(None)` is null.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(d).map(Some)
}

/// For a field that may be null and may not be left out.
pub fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<Option<T>, D::Error> {
    Option::<T>::deserialize(d)
}

/// For a field of a change that may be left out and is never empty: null is refused like any other wrong value.
pub fn value<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<Option<T>, D::Error> {
    T::deserialize(d).map(Some)
}

fn named(field: &str) -> String {
    format!("“{field}”")
}

fn short(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_lower_cased_and_shaped() {
        for (given, good) in
            [("Ada@Example.ORG", true), ("ada@host", false), ("@b.c", false), ("a b@c.de", false), ("a@b@c.de", false)]
        {
            let mut checks = Checks::new();
            let email = checks.email("email", given);
            assert_eq!(checks.finish().is_ok(), good, "{given}");
            assert_eq!(email, given.to_lowercase());
        }
    }

    #[test]
    fn text_is_trimmed_and_measured_in_characters() {
        let mut checks = Checks::new();
        assert_eq!(checks.text("title", "  Zoë  ", 1, 3), "Zoë");
        checks.text("name", "\u{7}", 1, 9);
        checks.text("summary", "   ", 1, 9);
        let refusal = checks.finish().unwrap_err();
        assert_eq!(refusal.errors.iter().map(|e| e.field.as_str()).collect::<Vec<_>>(), ["name", "summary"]);
    }
}
