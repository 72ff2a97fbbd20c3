//! What serde says of a value that does not fit, in words for people who know no Rust.

/// A sentence that names the field and what would be right. `text` is serde's message without its place.
pub fn of_mismatch(field: &str, text: &str) -> String {
    if text.starts_with("unknown variant") {
        let mut choices = text.split('`').skip(1).step_by(2);
        let given = choices.next().unwrap_or_default();
        return format!(
            "“{given}” is no choice for “{field}”. Choose one of: {}.",
            choices.collect::<Vec<_>>().join(", ")
        );
    }
    let expected = text.rsplit_once("expected ").map_or(text, |(_, expected)| expected);
    match wanted(expected) {
        Some(wanted) => format!("Give {wanted} for “{field}”."),
        None => format!("“{field}” is not right: {text}."),
    }
}

/// What serde expected, as an object of “give …”.
fn wanted(expected: &str) -> Option<&'static str> {
    let wanted = match expected {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "usize" => "a whole number, 0 or more,",
        "i8" | "i16" | "i32" | "i64" | "invalid digit found in string" | "cannot parse integer from empty string" => {
            "a whole number"
        }
        "number too large to fit in target type" | "number too small to fit in target type" => {
            "a whole number of usual size"
        }
        "f32" | "f64" => "a number",
        "a string" | "a borrowed string" | "str" | "string" | "a character" => "a text",
        "a boolean" | "provided string was not `true` or `false`" => "true or false",
        "a sequence" => "a list",
        "a map" => "an object with named fields",
        other if other.starts_with("struct ") => "an object with named fields",
        other if other.starts_with("a sequence") || other.starts_with("a tuple") => "a list",
        other if other.to_ascii_lowercase().contains("uuid") => "an id as the server gave it",
        _ => return None,
    };
    Some(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mismatch_is_told_without_names_of_types() {
        let told = |text| of_mismatch("size", text);
        assert_eq!(told("invalid type: string \"ten\", expected i64"), "Give a whole number for “size”.");
        assert_eq!(
            told("invalid type: floating point `1.5`, expected u16"),
            "Give a whole number from 0 to 65535 for “size”."
        );
        assert_eq!(told("invalid digit found in string"), "Give a whole number for “size”.");
        assert_eq!(told("invalid type: sequence, expected a string"), "Give a text for “size”.");
        assert_eq!(
            told("invalid length 0, expected struct NewProgram with 12 elements"),
            "Give an object with named fields for “size”."
        );
        assert_eq!(
            told("unknown variant `zoo`, expected one of `course`, `event`"),
            "“zoo” is no choice for “size”. Choose one of: course, event."
        );
        assert_eq!(told("a time like 10:30"), "“size” is not right: a time like 10:30.");
    }
}
