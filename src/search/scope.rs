//! The passages that may be found by their wording.

use super::engine::Scope;
use super::facet::FacetCounts;
use super::filter::Restriction;
use super::located::{LocatedPassage, PassageKey};
use super::opened::engine_of;
use crate::index::{Error, Index, StoredPassage};
use crate::query::{Diagnostic, Filters};
use crate::record::Facet;

/// The passages that may be found.
pub(crate) struct PassageScope<'i> {
    pub(super) index: &'i Index,
    pub(super) passages: Box<dyn Scope + 'i>,
}

impl<'i> PassageScope<'i> {
    /// The passages that pass `filters` and are not of the documents `without`. The values that `filters` ask for of
    /// the facet `but` do not restrict, because they are being counted.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(crate) fn of(
        index: &'i Index,
        filters: &Filters,
        but: Option<Facet>,
        without: &[String],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, Error> {
        let restriction = Restriction::of(index, filters, diagnostics)?;
        let ask = (!restriction.is_empty(but)).then(|| restriction.passages(but));
        let passages = engine_of(index).scope(ask.as_ref(), without)?;
        Ok(Self { index, passages })
    }

    /// Calls `take` with each passage in scope, in no order.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`], and those of `take`.
    pub(crate) fn for_each(&self, mut take: impl FnMut(StoredPassage) -> Result<(), Error>) -> Result<(), Error> {
        self.passages.for_each(&mut take)
    }
}

/// Reads passages that were found, in this order.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub(crate) fn read_located(index: &Index, located: &[&LocatedPassage]) -> Result<Vec<StoredPassage>, Error> {
    let keys: Vec<&PassageKey> = located.iter().map(|located| &located.key).collect();
    engine_of(index).read(&keys)
}

/// Returns the counts of `facet` over passages that were found.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub(crate) fn counts_over(index: &Index, located: &[&LocatedPassage], facet: Facet) -> Result<FacetCounts, Error> {
    engine_of(index).counts_over(located, facet)
}
