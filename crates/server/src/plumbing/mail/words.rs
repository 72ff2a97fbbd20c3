//! The words of all letters, one file for each language; in them `{name}` and the like stand for what is filled in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// One letter in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub subject: String,
    /// Paragraphs before the link.
    pub before: Vec<String>,
    /// What the link is called; a letter without one has none.
    pub button: Option<String>,
    /// Paragraphs after the link.
    pub after: Vec<String>,
}

type Catalogue = BTreeMap<String, Words>;

const FILES: [(&str, &str); 2] =
    [("en", include_str!("../../../mails/en.toml")), ("de", include_str!("../../../mails/de.toml"))];

static CATALOGUES: LazyLock<Vec<(&str, Catalogue)>> = LazyLock::new(|| {
    FILES.map(|(language, text)| (language, toml::from_str(text).expect("a test reads every catalogue"))).into()
});

/// The words of a letter in the reader's language, or in English, and which it was.
pub fn of(kind: &str, locale: Option<&str>) -> Option<(&'static str, &'static Words)> {
    let wanted = locale.and_then(|tag| tag.split('-').next()).unwrap_or_default().to_lowercase();
    let catalogues = &*CATALOGUES;
    let (language, words) = catalogues.iter().find(|(language, _)| *language == wanted).unwrap_or(&catalogues[0]);
    words.get(kind).map(|words| (*language, words))
}

/// Fills in `{…}` by what `value` says; what it does not know stays as it is. What is filled in is not looked at again.
pub fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}').and_then(|(name, after)| Some((value(name)?, after))) {
            Some((value, after)) => {
                filled.push_str(&value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of a text's `{…}`, sorted.
    fn names(words: &Words) -> Vec<String> {
        let all = [&words.before[..], &words.after[..], std::slice::from_ref(&words.subject)].concat().join(" ");
        let mut names: Vec<String> =
            all.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0.to_string())).collect();
        names.sort();
        names.dedup();
        names
    }

    #[test]
    fn every_language_has_every_letter_with_the_same_places() {
        let english = &CATALOGUES[0].1;
        for (language, catalogue) in CATALOGUES.iter() {
            assert!(catalogue.keys().eq(english.keys()), "{language}");
            for (kind, words) in catalogue {
                assert_eq!(names(words), names(&english[kind]), "{language} {kind}");
                assert_eq!(words.button.is_some(), english[kind].button.is_some(), "{language} {kind}");
            }
        }
    }

    #[test]
    fn the_language_is_the_readers_or_english() {
        let language = |locale| of("password-reset", locale).unwrap().0;
        assert_eq!(
            [language(Some("de-AT")), language(Some("DE")), language(Some("fr")), language(None)],
            ["de", "de", "en", "en"]
        );
        assert!(of("no-such-letter", None).is_none());
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        let value = |name: &str| (name == "name").then(|| "{name} {other}".to_string());
        assert_eq!(fill("Hello {name}, {what} { and }", value), "Hello {name} {other}, {what} { and }");
    }
}
