//! What staff switched off on a seat holds until the person switches it on, and not until a page that did not hear of
//! it says its switches again. Pure.
//!
//! A page says the same message for both. The difference is that a person can only switch on what is off: so a switch
//! that staff turned off must be said to be off over the connection that stands now before it can be said to be on.

use serde::{Deserialize, Serialize};

use super::wire::{Source, Switches};

/// Which sources of a seat staff have muted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Mutes(Vec<Mute>);

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Mute {
    source: Source,
    by: Box<str>,
    /// The page has said over its connection that the switch is off.
    /// By a rule, and not by somebody's hand: it ends with the rule.
    rule: bool,
    #[serde(skip)]
    said_off: bool,
}

/// What a page's switches come to.
#[derive(Debug, Default, PartialEq)]
pub struct Outcome {
    /// What the person took back: it is no longer muted.
    pub freed: Vec<Source>,
    /// What stays muted although the page says it is on, and by whom.
    pub held: Vec<(Source, Box<str>)>,
}

impl Mutes {
    /// Staff mute `source`. `is_on`: the page's last word was that it is on.
    pub fn mute(&mut self, source: Source, by: &str, is_on: bool) {
        self.0.retain(|mute| mute.source != source);
        self.0.push(Mute { source, by: by.into(), rule: false, said_off: !is_on });
    }

    /// A rule mutes `source`.
    pub fn rule_out(&mut self, source: Source, by: &str, is_on: bool) {
        self.mute(source, by, is_on);
        self.0.iter_mut().filter(|mute| mute.source == source).for_each(|mute| mute.rule = true);
    }

    /// Whether this source is muted.
    pub fn holds(&self, source: Source) -> bool {
        self.0.iter().any(|mute| mute.source == source)
    }

    /// What is muted.
    pub fn sources(&self) -> impl Iterator<Item = Source> + '_ {
        self.0.iter().map(|mute| mute.source)
    }

    /// Takes a rule's mute back; true when there was one.
    pub fn free(&mut self, source: Source) -> bool {
        let before = self.0.len();
        self.0.retain(|mute| mute.source != source || !mute.rule);
        self.0.len() < before
    }

    /// Another connection: what was said over the one before may not be what its page shows.
    pub fn connected_anew(&mut self) {
        self.0.iter_mut().for_each(|mute| mute.said_off = false);
    }

    /// The page says its switches. What its person may not send now (`may`) stays muted.
    pub fn hear(&mut self, said: Switches, may: impl Fn(Source) -> bool) -> Outcome {
        let mut outcome = Outcome::default();
        self.0.retain_mut(|mute| {
            let is_on = said.get(mute.source);
            let freed = is_on && mute.said_off && may(mute.source);
            if freed {
                outcome.freed.push(mute.source);
            } else if is_on {
                outcome.held.push((mute.source, mute.by.clone()));
            } else {
                mute.said_off = true;
            }
            !freed
        });
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: Switches = Switches { microphone: true, camera: true, screen: false };
    const OFF: Switches = Switches { microphone: false, camera: true, screen: false };

    fn held(mutes: &mut Mutes, said: Switches) -> bool {
        let outcome = mutes.hear(said, |_| true);
        assert!(outcome.held.is_empty() || outcome.freed.is_empty());
        !outcome.held.is_empty()
    }

    #[test]
    fn it_takes_off_and_then_on() {
        let mut mutes = Mutes::default();
        mutes.mute(Source::Microphone, "Ada", true);
        assert_eq!(mutes.hear(ON, |_| true).held, [(Source::Microphone, "Ada".into())], "the page did not hear of it");
        assert!(!held(&mut mutes, OFF));
        assert_eq!(mutes.hear(ON, |_| true).freed, [Source::Microphone]);
        assert_eq!(mutes.hear(ON, |_| true), Outcome::default(), "it is the person's own again");
    }

    #[test]
    fn what_was_off_needs_no_second_off() {
        let mut mutes = Mutes::default();
        mutes.mute(Source::Screen, "Ada", false);
        assert_eq!(mutes.hear(Switches { screen: true, ..OFF }, |_| true).freed, [Source::Screen]);
    }

    #[test]
    fn who_may_not_is_held_until_they_may() {
        let mut mutes = Mutes::default();
        mutes.mute(Source::Microphone, "", false);
        assert_eq!(mutes.hear(ON, |_| false).held, [(Source::Microphone, "".into())]);
        assert_eq!(mutes.hear(ON, |_| true).freed, [Source::Microphone]);
    }

    #[test]
    fn another_connection_must_say_it_again() {
        let mut mutes = Mutes::default();
        mutes.mute(Source::Microphone, "Ada", true);
        assert!(!held(&mut mutes, OFF));
        mutes.connected_anew();
        assert!(held(&mut mutes, ON), "a page that was loaded anew begins with what it remembers");
    }
}
