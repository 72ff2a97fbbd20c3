//! Who gets how much of a viewer's bandwidth. A pure function: sound is already paid for, then comes
//! a screen, then the active speaker, then the others by the height they are shown at.

/// One layer that could be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rung {
    pub layer: usize,
    /// Bits per second.
    pub bitrate: u64,
    pub height: u16,
}

/// One video a viewer wants.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    /// Smaller comes first.
    pub priority: u8,
    pub height: u16,
    /// Smallest picture first; empty while nothing flows.
    pub ladder: Vec<Rung>,
    /// Without layers there is nothing to step down to; only measured congestion pauses it.
    pub layered: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grant {
    Layer(usize),
    Pause,
    /// Nothing flows; there is nothing to decide.
    Wait,
}

impl Ask {
    /// The first rung that fills the shown height; a tenth less is not worth twice the bits.
    fn ideal(&self) -> usize {
        let enough = |r: &Rung| r.height as u32 * 10 >= self.height as u32 * 9;
        self.ladder.iter().position(enough).unwrap_or(self.ladder.len().saturating_sub(1))
    }

    /// Bits per second this would like to have.
    pub fn ideal_bitrate(&self) -> u64 {
        self.ladder.get(self.ideal()).map_or(0, |r| r.bitrate)
    }
}

/// `reserve`: the lowest layers come before a source that has only one, as a screen. It takes the rest,
/// and more if need be. Without, it comes first where its priority is higher: the way was seen to be
/// too narrow for all.
pub(crate) fn allocate(budget: u64, asks: &[Ask], reserve: bool) -> Vec<Grant> {
    let mut order: Vec<usize> = (0..asks.len()).collect();
    order.sort_by_key(|&i| (asks[i].priority, std::cmp::Reverse(asks[i].height), i));
    let mut left = budget;
    let mut rungs: Vec<Option<usize>> = vec![None; asks.len()];
    // First everybody something, so that a big picture never blanks the small ones.
    let mut lowest_first = order.clone();
    if reserve {
        lowest_first.sort_by_key(|&i| !asks[i].layered);
    }
    for &i in &lowest_first {
        let Some(lowest) = asks[i].ladder.first() else { continue };
        if lowest.bitrate <= left || !asks[i].layered {
            left = left.saturating_sub(lowest.bitrate);
            rungs[i] = Some(0);
        }
    }
    for &i in &order {
        let Some(rung) = rungs[i] else { continue };
        let ladder = &asks[i].ladder;
        let affordable = |to: &usize| ladder[*to].bitrate.saturating_sub(ladder[rung].bitrate) <= left;
        if let Some(best) = (rung + 1..=asks[i].ideal()).rev().find(affordable) {
            left -= ladder[best].bitrate.saturating_sub(ladder[rung].bitrate);
            rungs[i] = Some(best);
        }
    }
    let grant = |(ask, rung): (&Ask, &Option<usize>)| match rung {
        Some(rung) => Grant::Layer(ask.ladder[*rung].layer),
        None if ask.ladder.is_empty() => Grant::Wait,
        None => Grant::Pause,
    };
    asks.iter().zip(&rungs).map(grant).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simulcast(priority: u8, height: u16) -> Ask {
        let rung = |(layer, (bitrate, height))| Rung { layer, bitrate, height };
        let rates = [(150_000, 180), (500_000, 360), (1_500_000, 720)];
        Ask { priority, height, ladder: rates.into_iter().enumerate().map(rung).collect(), layered: true }
    }

    #[test]
    fn with_room_for_all_everybody_gets_the_layer_that_fills_the_tile() {
        let grants = allocate(10_000_000, &[simulcast(2, 180), simulcast(2, 300), simulcast(2, 720)], true);
        assert_eq!(grants, [Grant::Layer(0), Grant::Layer(1), Grant::Layer(2)]);
    }

    #[test]
    fn the_screen_is_raised_before_the_speaker_and_the_speaker_before_the_others() {
        let asks = [simulcast(2, 720), simulcast(1, 720), simulcast(0, 720)];
        assert_eq!(allocate(2_400_000, &asks, true), [Grant::Layer(0), Grant::Layer(1), Grant::Layer(2)]);
    }

    #[test]
    fn what_cannot_be_afforded_is_paused_from_the_end() {
        let asks = [simulcast(2, 100), simulcast(2, 200), simulcast(0, 720)];
        assert_eq!(allocate(300_000, &asks, true), [Grant::Pause, Grant::Layer(0), Grant::Layer(0)]);
    }

    #[test]
    fn a_screen_leaves_the_small_cameras_their_lowest_layer_until_the_way_is_seen_to_be_too_narrow() {
        let rung = Rung { layer: 0, bitrate: 2_900_000, height: 1080 };
        let screen = Ask { priority: 0, height: 1080, ladder: vec![rung], layered: false };
        let asks = [simulcast(2, 180), simulcast(2, 360), screen];
        let lowest = [Grant::Layer(0), Grant::Layer(0), Grant::Layer(0)];
        assert_eq!(allocate(3_000_000, &asks, true), lowest);
        assert_eq!(allocate(3_000_000, &asks, false), [Grant::Pause, Grant::Pause, Grant::Layer(0)]);
        let raised = [Grant::Layer(0), Grant::Layer(1), Grant::Layer(0)];
        assert_eq!(allocate(3_600_000, &asks, true), raised, "what the screen leaves raises cameras");
    }

    #[test]
    fn a_source_without_layers_is_never_paused_by_arithmetic() {
        let rung = Rung { layer: 0, bitrate: 5_000_000, height: 1080 };
        let ask = Ask { priority: 2, height: 200, ladder: vec![rung], layered: false };
        assert_eq!(allocate(100_000, &[ask], true), [Grant::Layer(0)]);
    }
}
