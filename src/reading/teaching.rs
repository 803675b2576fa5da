//! The part of a text that a learner is taught: what is clean.

use super::learn::Learner;
use super::quality::clean_stretches;

impl Learner {
    /// Adds the clean stretches ([`super::Quality::Clean`]) of `text`. Costs about as much as tokenizing it.
    pub fn add(&mut self, text: &str) {
        for stretch in clean_stretches(text) {
            self.add_stretch(text, stretch);
        }
    }
}
