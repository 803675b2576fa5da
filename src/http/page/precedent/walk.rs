//! A draft compared paragraph by paragraph, within a limit of time.
//!
//! A page shows some paragraphs in full; those are compared first. The others only add to the sums and to the outline,
//! as far as time allows, so that a long draft and a large collection never make anybody wait.

use std::time::Instant;

use crate::index::{Error, Index};
use crate::precedent::{Draft, Paragraph, PrecedentOptions};
use crate::query::Filters;
use crate::stop::remaining;

/// Number of paragraphs that a page shows.
pub(crate) const PARAGRAPHS_PER_PAGE: usize = 25;

/// Part of the time of a request after which no further paragraph is compared for the sums alone: a quarter.
const TIME_FOR_SUMS: u32 = 4;

/// The part of a paragraph that was used before.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Used {
    /// Number of its words and numbers.
    pub(crate) syllables: usize,
    /// Number of those that its best precedent has too.
    pub(crate) taken: usize,
    /// True if it has a precedent.
    pub(crate) is_used: bool,
}

/// The sums over the paragraphs that were compared.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    /// Number of the paragraphs.
    pub(crate) compared: usize,
    /// Number of those with a precedent.
    pub(crate) used: usize,
    /// Number of words and numbers in all of them.
    pub(crate) syllables: usize,
    /// Number of those that the best precedents have too.
    pub(crate) taken: usize,
}

impl Sums {
    /// Returns the share that was used before, in percent, rounded down.
    pub(crate) fn percent(&self) -> usize {
        self.taken * 100 / self.syllables.max(1)
    }

    /// Adds a paragraph.
    pub(crate) fn add(&mut self, used: Used) {
        self.compared += 1;
        self.used += usize::from(used.is_used);
        self.syllables += used.syllables;
        self.taken += used.taken;
    }
}

/// A draft that was compared.
pub(crate) struct Walked {
    /// All paragraphs; `None` for those that were not compared.
    pub(crate) used: Vec<Option<Used>>,
    /// Number of the first paragraph that is shown, from 0.
    pub(crate) first: usize,
    /// The paragraphs that are shown.
    pub(crate) shown: Vec<Paragraph>,
}

impl Walked {
    /// Compares the paragraphs of `draft` with passages that pass `filters`: those of the page with paragraph number
    /// `offset`, then the others.
    ///
    /// # Errors
    /// Those of [`Draft::paragraphs`].
    pub(crate) fn of(index: &Index, draft: &Draft, filters: &Filters, offset: usize) -> Result<Self, Error> {
        let until = remaining().map(|left| Instant::now() + left / TIME_FOR_SUMS);
        let total = draft.paragraphs_count();
        let first = offset.min(total.saturating_sub(1)) / PARAGRAPHS_PER_PAGE * PARAGRAPHS_PER_PAGE;
        let end = (first + PARAGRAPHS_PER_PAGE).min(total);
        let options = best_alone();
        let mut walked = Self {
            used: vec![None; total],
            first,
            shown: draft
                .paragraphs(index, filters, &options, first..end)?
                .collect::<Result<_, _>>()?,
        };
        for (number, paragraph) in (first..).zip(&walked.shown) {
            if let Some(used) = walked.used.get_mut(number) {
                *used = Some(paragraph.into());
            }
        }
        for range in [0..first, end..total] {
            let mut numbers = range.clone();
            let mut paragraphs = draft.paragraphs(index, filters, &options, range)?;
            while until.is_none_or(|until| Instant::now() < until) {
                let (Some(number), Some(paragraph)) = (numbers.next(), paragraphs.next()) else {
                    break;
                };
                walked.used[number] = Some((&paragraph?).into());
            }
        }
        Ok(walked)
    }

    /// Returns the number of paragraphs.
    pub(crate) fn total(&self) -> usize {
        self.used.len()
    }

    /// Returns the sums over what was compared.
    pub(crate) fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        self.used.iter().flatten().for_each(|used| sums.add(*used));
        sums
    }

    /// Returns the number of the first paragraph of the page before.
    pub(crate) fn before(&self) -> Option<usize> {
        (self.first > 0).then(|| self.first.saturating_sub(PARAGRAPHS_PER_PAGE))
    }

    /// Returns the number of the first paragraph of the page after.
    pub(crate) fn after(&self) -> Option<usize> {
        let next = self.first + PARAGRAPHS_PER_PAGE;
        (next < self.total()).then_some(next)
    }
}

/// Returns options that give the best match of each paragraph alone.
pub(crate) fn best_alone() -> PrecedentOptions {
    PrecedentOptions {
        limit: 1,
        ..PrecedentOptions::default()
    }
}

impl From<&Paragraph> for Used {
    fn from(paragraph: &Paragraph) -> Self {
        Self {
            syllables: paragraph.syllables,
            taken: paragraph.taken,
            is_used: paragraph.precedents.total > 0,
        }
    }
}
