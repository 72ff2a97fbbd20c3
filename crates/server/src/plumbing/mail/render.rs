//! Makes a letter's two bodies, plain text and HTML, of the same words.

use super::words::{self, Words, fill};
use super::{Letter, one_line};
use crate::kit::{Answer, Refusal};

const FRAME: &str = include_str!("../../../mails/letter.mjml");

/// A letter in its reader's language.
#[derive(Debug)]
pub struct Written {
    pub language: &'static str,
    pub subject: String,
    pub text: String,
    pub html: String,
}

pub fn write(letter: &Letter<'_>) -> Answer<Written> {
    let unknown = || Refusal::broken(format!("there are no words for the mail “{}”", letter.kind));
    let (language, words) = words::of(letter.kind, letter.locale).ok_or_else(unknown)?;
    let value = |name: &str| match name {
        "name" => Some(letter.name.to_string()),
        _ => letter.values.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_string()),
    };
    Ok(Written {
        language,
        subject: one_line(&fill(&words.subject, value)),
        text: plain(words, letter.link, value),
        html: html(language, words, letter.link, value)?,
    })
}

fn plain(words: &Words, link: Option<&str>, value: impl Fn(&str) -> Option<String>) -> String {
    let paragraphs = |all: &[String]| all.iter().map(|text| fill(text, &value)).collect::<Vec<_>>();
    let button = words.button.iter().zip(link).map(|(button, link)| format!("{button}:\n{link}")).collect();
    [paragraphs(&words.before), button, paragraphs(&words.after)].concat().join("\n\n") + "\n"
}

fn html(language: &str, words: &Words, link: Option<&str>, value: impl Fn(&str) -> Option<String>) -> Answer<String> {
    // People write names and titles: they stay text, in the frame and in what it becomes.
    let safe = |name: &str| value(name).map(|text| escape(&text));
    let paragraph = |text: &String| format!("<mj-text>{}</mj-text>\n", fill(&escape(text), safe));
    let button = words.button.iter().zip(link);
    let button =
        button.map(|(word, link)| format!("<mj-button href=\"{}\">{}</mj-button>\n", escape(link), escape(word)));
    let content: String =
        words.before.iter().map(paragraph).chain(button).chain(words.after.iter().map(paragraph)).collect();
    let frame = fill(FRAME, |name| match name {
        "language" => Some(language.to_string()),
        "subject" => Some(fill(&escape(&words.subject), safe)),
        "content" => Some(content.clone()),
        _ => safe(name),
    });
    let letter = mrml::parse(&frame).map_err(Refusal::broken)?;
    letter.element.render(&Default::default()).map_err(Refusal::broken)
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter<'a>(name: &'a str, organisation: &'a str, locale: Option<&'a str>) -> Letter<'a> {
        Letter {
            kind: "password-reset",
            address: "rosa@example.org",
            name,
            locale,
            values: vec![("organisation", organisation)],
            link: Some("https://day.example.org/reset#abc"),
            secret: true,
            good_until: None,
        }
    }

    #[test]
    fn both_bodies_say_the_same_in_the_readers_language() {
        let written = write(&letter("Zoë", "Harbour Lane", Some("de-AT"))).unwrap();
        assert_eq!(written.subject, "Ein neues Passwort für Harbour Lane");
        for body in [&written.text, &written.html] {
            for said in ["Guten Tag Zoë,", "Neues Passwort wählen", "https://day.example.org/reset#abc", "eine Stunde"]
            {
                assert!(body.contains(said), "{said} is not in {body}");
            }
        }
        assert!(written.html.contains("lang=\"de\""), "{}", written.html);
        assert!(!written.text.contains(['<', '{']), "{}", written.text);
    }

    #[test]
    fn what_people_write_stays_text() {
        let evil = "</mj-text><mj-image src=\"https://evil.example/x.png\" /><script>{organisation}</script>&\"'";
        let written = write(&letter(evil, evil, None)).unwrap();
        assert!(written.text.contains(evil));
        for not in ["<script", "<img", "src=\"https://evil", "<mj-"] {
            assert!(!written.html.contains(not), "{not} is in {}", written.html);
        }
        assert!(
            written.html.contains("&lt;script&gt;{organisation}&lt;/script&gt;&amp;&quot;&#39;"),
            "{}",
            written.html
        );
    }

    #[test]
    fn a_letter_asks_no_other_server_for_anything() {
        let html = write(&letter("Zoë", "Harbour Lane", None)).unwrap().html;
        for not in ["@import", "<link", "<img", "src=", "fonts.googleapis"] {
            assert!(!html.contains(not), "{not} is in {html}");
        }
    }
}
