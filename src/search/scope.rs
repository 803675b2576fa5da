//! The passages that may be found by their wording, and the address of one that was found.

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::query::{EnableScoring, Query as EngineQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::filter::Restriction;
use crate::index::{ColumnValues, Error, Index, ORDER_FIELD, StoredPassage};
use crate::query::{Diagnostic, Filters};
use crate::record::Facet;

/// The passages that may be found.
pub(crate) struct PassageScope<'i> {
    pub(super) index: &'i Index,
    /// For each segment whether each passage is allowed; `None` if all are.
    allowed: Vec<Option<Vec<bool>>>,
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
        let query = (!restriction.is_empty(but)).then(|| restriction.passages(but));
        let mut allowed = Vec::new();
        for segment in index.searcher().segment_readers() {
            let passing = query
                .as_ref()
                .map(|query| index.guard(|| passing(index, segment, query)));
            let mut passing = passing.transpose()?;
            if !without.is_empty() {
                let all = || vec![true; segment.max_doc() as usize];
                index.guard(|| exclude(index, segment, without, passing.get_or_insert_with(all)))?;
            }
            allowed.push(passing);
        }
        Ok(Self { index, allowed })
    }

    /// Returns the segments with their numbers.
    pub(super) fn segments(&self) -> impl Iterator<Item = (u32, &'i SegmentReader)> {
        (0..).zip(self.index.searcher().segment_readers())
    }

    /// Returns true if the passage `passage` of the segment with this number is in scope and still part of the index.
    pub(super) fn has(&self, ordinal: u32, segment: &SegmentReader, passage: DocId) -> bool {
        let allowed = self.allowed[ordinal as usize].as_ref();
        allowed.is_none_or(|allowed| allowed[passage as usize])
            && segment.alive_bitset().is_none_or(|alive| alive.is_alive(passage))
    }

    /// Calls `take` with each passage in scope, in no order.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`], and those of `take`.
    pub(crate) fn for_each(&self, mut take: impl FnMut(StoredPassage) -> Result<(), Error>) -> Result<(), Error> {
        for (ordinal, segment) in self.segments() {
            for passage in (0..segment.max_doc()).filter(|&passage| self.has(ordinal, segment, passage)) {
                take(self.index.stored(DocAddress::new(ordinal, passage))?)?;
            }
        }
        Ok(())
    }
}

/// Returns for each passage of a segment whether `query` matches it.
fn passing(index: &Index, segment: &SegmentReader, query: &dyn EngineQuery) -> tantivy::Result<Vec<bool>> {
    let scoring = EnableScoring::disabled_from_searcher(index.searcher());
    let mut passing = vec![false; segment.max_doc() as usize];
    query.weight(scoring)?.for_each_no_score(segment, &mut |passages| {
        for &passage in passages {
            passing[passage as usize] = true;
        }
    })?;
    Ok(passing)
}

/// Excludes the passages of the documents `without` from those `allowed` of a segment.
fn exclude(index: &Index, segment: &SegmentReader, without: &[String], allowed: &mut [bool]) -> tantivy::Result<()> {
    // The posting list of a document holds all of its passages, so none has to be asked which document it is of.
    let owners = segment.inverted_index(index.fields().owner)?;
    for document in without {
        let term = Term::from_field_text(index.fields().owner, document);
        if let Some(mut postings) = owners.read_postings(&term, IndexRecordOption::Basic)? {
            while postings.doc() != TERMINATED {
                allowed[postings.doc() as usize] = false;
                postings.advance();
            }
        }
    }
    Ok(())
}

/// A passage that was found but not read: its document and its place there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LocatedPassage {
    /// Id of its document.
    pub(crate) document: Arc<str>,
    /// Index of the passage in its document.
    pub(crate) order: usize,
    pub(super) address: DocAddress,
}

impl LocatedPassage {
    /// Returns the name of the passage within its open index.
    pub(crate) fn key(&self) -> PassageKey {
        PassageKey(self.address)
    }

    /// Reads the passage.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`].
    pub(crate) fn read(&self, index: &Index) -> Result<StoredPassage, Error> {
        index.stored(self.address)
    }
}

/// The name of a passage within one open index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PassageKey(DocAddress);

/// Passages that were found already.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownPassages(HashSet<PassageKey>);

impl KnownPassages {
    /// Adds a passage; returns true if it is new.
    pub(crate) fn add(&mut self, passage: &LocatedPassage) -> bool {
        self.0.insert(passage.key())
    }

    /// Returns true if `passage` was found already.
    pub(crate) fn holds(&self, passage: &LocatedPassage) -> bool {
        self.0.contains(&passage.key())
    }

    /// Returns true if the passage at this address was found already.
    pub(super) fn has(&self, address: DocAddress) -> bool {
        self.0.contains(&PassageKey(address))
    }
}

/// Returns the passages at `addresses` with their documents and places there, in the order of the addresses.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`].
pub(super) fn located(index: &Index, addresses: &[DocAddress]) -> Result<Vec<LocatedPassage>, Error> {
    let mut located = Vec::with_capacity(addresses.len());
    if addresses.is_empty() {
        return Ok(located);
    }
    let documents = index.column_values(Facet::Document.name())?;
    for of_segment in addresses.chunk_by(|one, other| one.segment_ord == other.segment_ord) {
        index.guard(|| locate(index, &documents, of_segment, &mut located))?;
    }
    Ok(located)
}

/// Appends the passages at `addresses`, all of one segment; `documents` are the ids of all documents.
fn locate(
    index: &Index,
    documents: &ColumnValues,
    addresses: &[DocAddress],
    located: &mut Vec<LocatedPassage>,
) -> tantivy::Result<()> {
    let Some(segment) = addresses.first().map(|first| first.segment_ord) else {
        return Ok(());
    };
    let columns = index.searcher().segment_reader(segment).fast_fields();
    let orders = columns.u64(ORDER_FIELD)?;
    let owners = columns.str(Facet::Document.name())?;
    let numbers = documents.of_segment(segment as usize);
    // Passages of one document come one after the other and share its id.
    let mut last: Option<(u32, Arc<str>)> = None;
    for &address in addresses {
        let owner = owners
            .as_ref()
            .and_then(|owners| owners.term_ords(address.doc_id).next());
        let number = owner.and_then(|owner| numbers.get(owner as usize).copied());
        let document = match (&last, number) {
            (Some((known, document)), Some(number)) if *known == number => Arc::clone(document),
            (_, Some(number)) => Arc::from(documents.value(number as usize)),
            (_, None) => Arc::default(),
        };
        last = number.map(|number| (number, Arc::clone(&document)));
        located.push(LocatedPassage {
            document,
            order: orders.first(address.doc_id).map_or(0, |order| order as usize),
            address,
        });
    }
    Ok(())
}
