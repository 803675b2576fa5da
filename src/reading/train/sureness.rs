//! Counts how often words of each confidence are wrong.

use super::TokenPair;
use crate::reading::lexicon::Lexicon;
use crate::reading::sureness::{ROWS, step};
use crate::reading::tables::quantize;

/// Returns the quantized cost of being wrong by [`step`].
pub(super) fn wrong(pairs: &[TokenPair], lexicon: &Lexicon) -> Vec<u8> {
    let mut counts = [(0.0_f32, 0.0_f32); ROWS];
    for pair in pairs.iter().filter(|pair| pair.marked) {
        let Some((_, printed, read)) = pair.words() else {
            continue;
        };
        let (all, wrong) = &mut counts[step(pair.confidence, lexicon.find(&read).is_some())];
        *all += 1.0;
        *wrong += f32::from(u8::from(printed != read));
    }
    // Half a count each way, so that no likelihood is 0 or 1 (Krichevsky and Trofimov 1981).
    let cost = |(all, wrong): (f32, f32)| quantize(-((wrong + 0.5) / (all + 1.0)).ln());
    counts.map(cost).to_vec()
}
