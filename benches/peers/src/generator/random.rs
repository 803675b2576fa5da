//! Random numbers that are the same on every machine.

/// A stream of random numbers: `SplitMix64`.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
#[derive(Clone, Debug)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// The stream with this number among those of `seed`.
    pub(crate) fn of(seed: u64, stream: u64) -> Self {
        let mut random = Self {
            state: seed ^ stream.wrapping_mul(0xd134_2543_de82_ef95),
        };
        // Neighboring seeds give streams that begin alike.
        random.state = random.next();
        random
    }

    /// The next number.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to 1, without 1, all equally likely.
    pub(crate) fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Returns true with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// A number less than `end`, all equally likely; 0 if `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.uniform() * end as f64) as usize
    }

    /// A rank less than `ranks`, each about as likely as one over it (Zipf's law).
    pub(crate) fn rank(&mut self, ranks: usize) -> usize {
        let rank = (ranks as f64 + 1.0).powf(self.uniform()) - 1.0;
        (rank as usize).min(ranks.saturating_sub(1))
    }

    /// One of `items`, which are not empty.
    pub(crate) fn one_of<'i>(&mut self, items: &[&'i str]) -> &'i str {
        items[self.below(items.len())]
    }
}
