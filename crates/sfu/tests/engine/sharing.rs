//! Who sees and hears whom, through which slots.

use sfu::{Direction, Source::*};

use crate::world::World;

#[test]
fn two_people_hear_and_see_each_other() {
    let mut w = World::new(1);
    w.join(1, &[(Microphone, 1), (Camera, 3)]);
    w.join(2, &[(Microphone, 1), (Camera, 3)]);
    w.watch(1, &[(2, Camera, 360)]);
    w.watch(2, &[(1, Camera, 360)]);
    w.until("both see and hear the other", |w| {
        let both = |viewer, of| w.seen(viewer, of, Microphone).len() > 20 && w.seen(viewer, of, Camera).len() > 20;
        both(1, 2) && both(2, 1)
    });
    for number in [1, 2] {
        assert!(w.connected(number, Direction::Publish) && w.connected(number, Direction::Subscribe));
    }
    assert!(w.carries(1, 2, Camera).is_some() && w.carries(1, 2, Microphone).is_some());
    assert!(w.carries(1, 1, Camera).is_none(), "nobody is sent their own picture");
}
