//! Passages of the embedded engine among which wording is looked for.

use tantivy::query::{EnableScoring, Query as EngineQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::compile::query_of;
use crate::index::{Error, FolderIndex};
use crate::search::ask::Ask;

/// The passages that may be found.
pub(super) struct SegmentScope<'i> {
    pub(super) index: &'i FolderIndex,
    /// For each segment whether each passage is allowed; `None` if all are.
    allowed: Vec<Option<Vec<bool>>>,
}

impl<'i> SegmentScope<'i> {
    /// The passages that match `ask`, all without one, but for those of the documents `without`.
    pub(super) fn of(index: &'i FolderIndex, ask: Option<&Ask>, without: &[String]) -> Result<Self, Error> {
        let query = ask.map(|ask| query_of(index.fields(), ask));
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
}

/// Returns for each passage of a segment whether `query` matches it.
fn passing(index: &FolderIndex, segment: &SegmentReader, query: &dyn EngineQuery) -> tantivy::Result<Vec<bool>> {
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
fn exclude(
    index: &FolderIndex,
    segment: &SegmentReader,
    without: &[String],
    allowed: &mut [bool],
) -> tantivy::Result<()> {
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
