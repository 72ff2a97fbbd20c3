//! Poor lines at home: sound stays whole, the picture gives way, nobody is dropped, and all of it comes back.

use std::collections::BTreeSet;
use std::time::Duration;

use sfu::{Event, Source::*};

use crate::net::HomeLine;
use crate::world::World;

/// One viewer's line, and what it still has to carry.
struct Case {
    seed: u64,
    line: HomeLine,
    /// Bits per second towards the viewer.
    down: Option<u64>,
    /// Share of the sound's frames that can be played.
    sound: f64,
    /// The layer a tile of 720 lines may show meanwhile, at best and at worst.
    layers: (u8, u8),
    /// Packets of picture that come at least, in twenty seconds; the smallest layer has 500.
    picture: usize,
}

const FINE: Case = Case {
    seed: 0,
    line: HomeLine { loss: 0.0, delay: Duration::ZERO },
    down: None,
    sound: 1.0,
    layers: (2, 2),
    picture: 1_900,
};

/// One person speaks and shows three layers (180, 360 and 720 kbit/s); two watch, and the first has the poor line.
fn class(seed: u64) -> World {
    let mut w = World::new(seed);
    w.join(1, &[(Microphone, 1), (Camera, 3)]);
    w.publishers.get_mut(&1).unwrap().red = true;
    for viewer in [2, 3] {
        w.join(viewer, &[]);
        w.watch(viewer, &[(1, Camera, 720)]);
    }
    w.until("all see and hear", |w| [2, 3].iter().all(|v| layer(w, *v) == 2 && w.seen(*v, 1, Camera).len() > 20));
    w.run(5_000);
    w
}

fn layer(w: &World, viewer: u8) -> u8 {
    w.seen(viewer, 1, Camera).last().map_or(9, |g| g.layer)
}

fn worsen(w: &mut World, viewer: u8, line: HomeLine, down: Option<u64>) {
    let (addr, now) = (w.viewers[&viewer].addr, w.now);
    w.net.lines.insert(addr, line);
    w.net.narrow.extend(down.map(|bits| (addr, (bits, now))));
}

fn heal(w: &mut World) {
    w.net.lines.clear();
    w.net.narrow.clear();
}

/// The share of somebody's sound that a viewer can play, of what was said since [`World::forget`].
fn share_of_sound(w: &World, viewer: u8, of: u8) -> f64 {
    let mine = |v: u8| w.viewers[&v].heard.iter().filter(|(seat, _)| *seat == of).map(|(_, f)| *f).collect();
    let frames: BTreeSet<u32> = mine(viewer);
    let (Some(first), Some(last)) = (frames.first(), frames.last()) else { return 0.0 };
    frames.len() as f64 / (last - first + 1) as f64
}

fn nobody_was_dropped(w: &World) {
    let dropped = w.told(|e| matches!(e, Event::Disconnected { .. } | Event::Closed { .. }));
    assert_eq!(dropped, 0, "{}", w.story());
}

fn live_through(case: Case) {
    let mut w = class(case.seed);
    worsen(&mut w, 2, case.line, case.down);
    w.run(6_000);
    w.forget();
    w.run(20_000);
    let sound = share_of_sound(&w, 2, 1);
    assert!(sound >= case.sound, "{:.2} % of the sound", 100.0 * sound);
    assert!(w.viewers[&2].heard.len() > 900, "the sound flows");
    let layers: BTreeSet<u8> = w.seen(2, 1, Camera).iter().map(|g| g.layer).collect();
    let (best, worst) = case.layers;
    assert!(layers.iter().all(|l| (worst..=best).contains(l)), "{layers:?}");
    let packets = w.seen(2, 1, Camera).len();
    assert!(packets >= case.picture, "{packets} packets of the picture");
    assert_eq!(layer(&w, 3), 2, "who has a good line sees nothing of it");
    assert!(share_of_sound(&w, 3, 1) == 1.0);
    nobody_was_dropped(&w);

    heal(&mut w);
    w.run(10_000);
    assert_eq!(layer(&w, 2), 2, "the whole picture is back within ten seconds");
    w.forget();
    w.run(5_000);
    assert!(w.seen(2, 1, Camera).iter().all(|g| g.layer == 2), "and it stays");
    assert!(share_of_sound(&w, 2, 1) == 1.0);
    nobody_was_dropped(&w);
}

fn loses(loss: f64) -> HomeLine {
    HomeLine { loss, ..FINE.line }
}

#[test]
fn two_percent_of_loss_costs_nothing_anybody_notices() {
    live_through(Case { seed: 110, line: loses(0.02), sound: 0.998, ..FINE });
}

#[test]
fn ten_percent_of_loss_leaves_the_sound_whole() {
    live_through(Case { seed: 111, line: loses(0.10), sound: 0.98, layers: (2, 0), picture: 450, ..FINE });
}

#[test]
fn a_line_300_ms_long_carries_everything() {
    let line = HomeLine { delay: Duration::from_millis(300), ..FINE.line };
    live_through(Case { seed: 112, line, ..FINE });
}

#[test]
fn at_300_kbits_the_picture_makes_room_for_the_sound() {
    live_through(Case { seed: 113, down: Some(300_000), sound: 0.99, layers: (0, 0), picture: 450, ..FINE });
}

#[test]
fn on_a_narrow_and_long_and_lossy_line_the_picture_may_rest_and_the_sound_goes_on() {
    let line = HomeLine { loss: 0.02, delay: Duration::from_millis(150) };
    live_through(Case { seed: 114, line, down: Some(300_000), sound: 0.99, layers: (0, 0), picture: 0 });
}

#[test]
fn a_screen_that_does_not_fit_rests_and_comes_back_and_the_sound_is_whole() {
    let mut w = World::new(115);
    w.join(1, &[(Microphone, 1), (Screen, 1)]);
    w.publishers.get_mut(&1).unwrap().red = true;
    w.publishers.get_mut(&1).unwrap().sizes = [8; 3];
    w.join(2, &[]);
    w.watch(2, &[(1, Screen, 1080)]);
    w.until("the screen", |w| w.seen(2, 1, Screen).len() > 1_000);
    worsen(&mut w, 2, FINE.line, Some(300_000));
    w.until("it rests", |w| w.carries(2, 1, Screen).is_some_and(|slot| slot.paused));
    w.run(2_000);
    w.forget();
    w.run(20_000);
    let sound = share_of_sound(&w, 2, 1);
    assert!(sound > 0.99, "{:.2} % of the sound", 100.0 * sound);
    assert!(w.carries(2, 1, Screen).unwrap().paused, "it does not try again and again");

    heal(&mut w);
    w.run(10_000);
    assert!(!w.carries(2, 1, Screen).unwrap().paused);
    w.forget();
    w.run(5_000);
    assert!(w.seen(2, 1, Screen).len() > 950, "{}", w.seen(2, 1, Screen).len());
    assert!(share_of_sound(&w, 2, 1) == 1.0);
    nobody_was_dropped(&w);
}

#[test]
fn while_a_line_narrows_the_sound_suffers_for_a_moment_only() {
    let mut w = class(116);
    worsen(&mut w, 2, FINE.line, Some(300_000));
    w.forget();
    w.run(6_000);
    let sound = share_of_sound(&w, 2, 1);
    assert!(sound > 0.95, "{:.2} % of the sound", 100.0 * sound);
    nobody_was_dropped(&w);
}

#[test]
fn whenever_a_line_heals_the_whole_picture_is_back_within_ten_seconds() {
    let mut slowest = Duration::ZERO;
    for moment in 0..10 {
        let mut w = class(130 + moment);
        worsen(&mut w, 2, FINE.line, Some([300_000, 400_000][moment as usize % 2]));
        w.run(12_000 + 730 * moment);
        heal(&mut w);
        let healed = w.now;
        w.until("the whole picture", |w| layer(w, 2) == 2);
        slowest = slowest.max(w.now - healed);
    }
    assert!(slowest < Duration::from_secs(8), "the slowest took {slowest:?}");
}
