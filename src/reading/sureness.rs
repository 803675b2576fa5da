//! The likelihood that a word is wrong, by the confidence that an OCR reports for it.

use super::tables::{Tables, dequantize};

/// Steps of the confidence, 0 to 1, that are told apart.
const STEPS: usize = 20;

/// Cost of a word being wrong if the model file has none: one in five hundred.
const UNLEARNT: f32 = 6.2;

/// Shares of wrong words among those that a reading leaves unsure, and among the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WrongShares {
    /// Of the words that are marked as unsure, 0 to 1.
    pub unsure: f64,
    /// Of all others, 0 to 1.
    pub others: f64,
}

/// Shares of wrong words in scans that an OCR read without Vietnamese letters. Measured on drawn pages in families of
/// fonts that the model was not learnt from, in the worst of four sorts of damage (`vankien-train --hold-out`, as the
/// topic `measurements` of the guide says).
pub const WRONG_WITHOUT_VIETNAMESE: WrongShares = WrongShares {
    unsure: 0.4,
    others: 1.0 / 145.0,
};

/// Shares of wrong words in images and scans that an OCR read with Vietnamese letters, measured likewise.
pub const WRONG_WITH_VIETNAMESE: WrongShares = WrongShares {
    unsure: 0.5,
    others: 1.0 / 203.0,
};

/// Learnt from pages that tesseract read with its Vietnamese model: a word that is in the lexicon and one that is not
/// differ as much as two confidences do.
#[derive(Clone, Debug)]
pub(crate) struct Sureness {
    /// Cost of being wrong, by [`step`]: words that are not in the lexicon, then those that are.
    wrong: Vec<f32>,
}

/// Number of rows of the table.
pub(crate) const ROWS: usize = 2 * (STEPS + 1);

/// Returns the row of a word.
pub(crate) fn step(confidence: f32, is_listed: bool) -> usize {
    let step = (confidence.clamp(0.0, 1.0) * STEPS as f32) as usize;
    step.min(STEPS) + usize::from(is_listed) * (STEPS + 1)
}

impl Sureness {
    /// Unpacks the table of a model file.
    pub(crate) fn of(tables: &Tables) -> Self {
        Self {
            wrong: tables.wrong.iter().map(|&cost| dequantize(cost)).collect(),
        }
    }

    /// Returns the likelihood that a word is wrong, above 0 and below 1.
    pub(crate) fn wrong(&self, confidence: f32, is_listed: bool) -> f32 {
        let cost = self.wrong.get(step(confidence, is_listed)).copied().unwrap_or(UNLEARNT);
        (-cost).exp().clamp(1e-6, 1.0 - 1e-6)
    }
}
