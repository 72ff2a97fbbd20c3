//! What the sample organisation offers.

use super::people::{BEN, INGRID, MAYA, NOOR};
use crate::programs::{Icon, Tone};

/// Something that people do together in a session.
#[derive(Debug, PartialEq)]
pub struct Activity {
    pub title: &'static str,
    pub summary: &'static str,
    pub icon: Icon,
    pub tone: Tone,
    /// Who leads it, by their place among the staff.
    pub lead: usize,
}

const fn activity(title: &'static str, summary: &'static str, icon: Icon, tone: Tone, lead: usize) -> Activity {
    Activity { title, summary, icon, tone, lead }
}

pub const CIRCLE: Activity = activity(
    "Good morning circle",
    "We say hello, look at the day ahead and share one small piece of news.",
    Icon::Sunrise,
    Tone::Sky,
    INGRID,
);
pub const MOVEMENT: Activity = activity(
    "Gentle movement",
    "Slow movement, sitting or standing. Wear something comfortable.",
    Icon::Movement,
    Tone::Leaf,
    MAYA,
);
pub const TEA: Activity =
    activity("Tea and talk", "Bring a drink. We talk about what is on your mind.", Icon::Tea, Tone::Plum, NOOR);
pub const ART: Activity =
    activity("Art studio: paper collage", "Bring scissors, glue and old magazines.", Icon::Scissors, Tone::Clay, BEN);
pub const STORY: Activity =
    activity("Story making", "We make up one story together, a sentence each.", Icon::Chat, Tone::Iris, NOOR);
pub const MUSIC: Activity =
    activity("Music room", "Singing, clapping, listening. Any instrument is welcome.", Icon::Music, Tone::Moss, INGRID);
pub const BOOK: Activity = activity(
    "Book club",
    "Noor reads a chapter aloud, then we talk about it. You need not read before.",
    Icon::Book,
    Tone::Iris,
    NOOR,
);
pub const COOKING: Activity = activity(
    "Cooking along: soup",
    "You need an onion, two carrots, lentils and a pot. Watching is fine too.",
    Icon::Pot,
    Tone::Clay,
    BEN,
);
pub const CINEMA: Activity =
    activity("Friday cinema", "A short film and a chat about it afterwards.", Icon::Film, Tone::Teal, NOOR);
pub const WIND_DOWN: Activity = activity(
    "Evening wind-down",
    "Quiet breathing and a little music to end the day.",
    Icon::Leaf,
    Tone::Stone,
    INGRID,
);
pub const CONCERT: Activity = activity(
    "Autumn concert",
    "An hour of songs by the people of the Music room. Everybody is welcome.",
    Icon::Music,
    Tone::Plum,
    INGRID,
);

const fn evening(title: &'static str, summary: &'static str) -> Activity {
    activity(title, summary, Icon::Palette, Tone::Sky, BEN)
}

/// The six evenings of the workshop.
pub const EVENINGS: [Activity; 6] = [
    evening("Colour and water", "Mixing, washes, letting it dry."),
    evening("Skies", "Wet on wet, clouds, dusk."),
    evening("Water and boats", "Reflections, masking, a harbour."),
    evening("Trees in winter", "Dry brush, branches, mist."),
    evening("A face you know", "Simple portraits from a photo."),
    evening("Our small exhibition", "We look at each other’s pictures. Families are welcome."),
];
