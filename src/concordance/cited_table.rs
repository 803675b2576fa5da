//! The table of cited documents.

use std::collections::HashMap;
use std::sync::Arc;

use super::cited_row::{CitedRow, RowCounter, key_of};
use super::places;
use crate::index::{Error, Index};
use crate::query::{Diagnostic, Filters};
use crate::record::{CitationRecord, CitedAt};
use crate::search::{self, oldest_first};
use crate::symbol::canonical_symbol;
use crate::text::named;

named! {
    /// The order of the cited documents.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum CitedOrder {
        /// Most often cited first.
        #[default]
        Count = "count",
        /// By symbol or name.
        Cited = "cited",
        /// By date, latest first; documents without a date last.
        Date = "date",
        /// By date, oldest first; documents without a date last.
        Oldest = "oldest",
    }
}

/// The table of cited documents.
#[derive(Clone, Debug, Default)]
pub struct CitedTable {
    /// The rows, in the order asked for: most often cited first, then by symbol or name, unless they were
    /// [sorted](Self::sort).
    pub rows: Vec<Arc<CitedRow>>,
    /// Oddities of the filters: values that no passage has.
    pub diagnostics: Vec<Diagnostic>,
}

/// The rows of all citations of a corpus, which are counted once for each opened index.
///
/// It takes some 60 bytes for each document that cites something, for each that it cites, and the wordings in which
/// issuers and subjects are given: 8 MB for 100,000 citations.
struct AllRows {
    rows: Vec<Arc<CitedRow>>,
    /// For each document of the corpus that another one cites, the ids of those documents in order, each with the
    /// number of its citations.
    citing: HashMap<String, Vec<(String, usize)>>,
}

impl CitedTable {
    /// Counts the citations in passages that pass `filters`. Without filters the table is counted once for each opened
    /// index, and later calls take no time.
    ///
    /// A document that speaks of itself ("Nghị quyết này") does not cite itself.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn of(index: &Index, filters: &Filters) -> Result<Self, Error> {
        if filters.is_empty() {
            let all = index.kept(all_rows)?;
            return Ok(Self {
                rows: all.rows.clone(),
                diagnostics: Vec::new(),
            });
        }
        let found = places(index, None, filters)?;
        let mut rows = RowCounters::default();
        found.places.iter().for_each(|place| rows.add(&place.citation));
        Ok(Self {
            rows: rows.finish(),
            diagnostics: found.diagnostics,
        })
    }

    /// Returns the table of all citations without counting anything; `None` before it is counted.
    #[must_use]
    pub fn made(index: &Index) -> Option<Self> {
        let all = index.made::<AllRows>()?;
        Some(Self {
            rows: all.rows.clone(),
            diagnostics: Vec::new(),
        })
    }

    /// Puts the rows in this order; ties keep theirs.
    pub fn sort(&mut self, order: CitedOrder) {
        let rows = &mut self.rows;
        match order {
            // They come in this order.
            CitedOrder::Count => {}
            CitedOrder::Cited => rows.sort_by(|one, other| one.summary.cited.cmp(&other.summary.cited)),
            CitedOrder::Oldest => rows
                .sort_by(|one, other| oldest_first(one.summary.dates.iter().min(), other.summary.dates.iter().min())),
            CitedOrder::Date => {
                rows.sort_by(|one, other| other.summary.dates.iter().max().cmp(&one.summary.dates.iter().max()))
            }
        }
    }
}

/// Returns the ids of the documents that cite the document of the corpus with the id `cited`, in order, each with the
/// number of its citations. They are found in the table of all citations, which the first call makes.
///
/// # Errors
/// Those of reading the index.
pub fn citing_documents(index: &Index, cited: &str) -> Result<Vec<(String, usize)>, Error> {
    let all = index.kept(all_rows)?;
    Ok(all.citing.get(cited).cloned().unwrap_or_default())
}

/// Returns the number of citations of the document of the corpus with the id `cited`; `None` as long as the table of
/// all citations is not made.
#[must_use]
pub fn times_cited(index: &Index, cited: &str) -> Option<usize> {
    let all = index.made::<AllRows>()?;
    let citing = all.citing.get(cited).map_or(&[][..], Vec::as_slice);
    Some(citing.iter().map(|(_, count)| count).sum())
}

/// The rows of the whole table by the symbols and names that they are about, made once for each opened index.
pub struct RowsByKey(HashMap<String, Arc<CitedRow>>);

impl RowsByKey {
    /// Returns the rows of `index`.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn of(index: &Index) -> Result<Arc<Self>, Error> {
        index.kept(|index| {
            let rows = CitedTable::of(index, &Filters::default())?.rows;
            let mut by_key = HashMap::new();
            for row in rows {
                // Of two writings of one symbol, the more frequent one comes first.
                by_key.entry(compared(&row.summary.cited)).or_insert(row);
            }
            Ok(Self(by_key))
        })
    }

    /// Returns the row about this symbol, in any writing, or name; `None` if nothing cites it.
    #[must_use]
    pub fn get(&self, cited: &str) -> Option<&CitedRow> {
        self.0.get(&compared(cited)).map(Arc::as_ref)
    }
}

/// Returns the form in which symbols and names are compared.
fn compared(cited: &str) -> String {
    canonical_symbol(cited).unwrap_or_else(|| cited.to_owned())
}

/// Counts all citations of `index`, reading them by themselves or else the documents one at a time.
fn all_rows(index: &Index) -> Result<AllRows, Error> {
    let mut rows = RowCounters::default();
    let mut citing: HashMap<String, Vec<(String, usize)>> = HashMap::new();
    let mut add = |citation: &CitationRecord| {
        rows.add(citation);
        let Some(target) = &citation.target else { return };
        let citing = citing.entry(target.clone()).or_default();
        match citing.last_mut() {
            Some((document, count)) if *document == citation.document => *count += 1,
            _ => citing.push((citation.document.clone(), 1)),
        }
    };
    let take = |place: CitedAt| {
        add(&place.citation);
        Ok(())
    };
    if !search::each_citation(index, None, &Filters::default(), &mut Vec::new(), take)? {
        index.for_each_cited(
            |_| true,
            |_, cited| {
                let others = cited.iter().filter(|place| !place.citation.is_own_document());
                others.for_each(|place| add(&place.citation));
                Ok(())
            },
        )?;
    }
    let rows = rows.finish();
    Ok(AllRows { rows, citing })
}

/// Counts citations by the documents that they cite.
#[derive(Debug, Default)]
pub(super) struct RowCounters {
    counters: HashMap<String, RowCounter>,
}

impl RowCounters {
    /// Adds a citation; they come in document order.
    pub(super) fn add(&mut self, record: &CitationRecord) {
        let key = key_of(record);
        if !self.counters.contains_key(key) {
            self.counters.insert(key.to_owned(), RowCounter::default());
        }
        if let Some(counter) = self.counters.get_mut(key) {
            counter.add(record);
        }
    }

    /// Returns the rows, most often cited first, then by symbol or name.
    pub(super) fn finish(self) -> Vec<Arc<CitedRow>> {
        let rows = self
            .counters
            .into_iter()
            .map(|(key, counter)| Arc::new(counter.finish(&key)));
        let mut rows: Vec<Arc<CitedRow>> = rows.collect();
        rows.sort_by(|one, other| {
            let by_count = other.summary.count.cmp(&one.summary.count);
            by_count.then_with(|| one.summary.cited.cmp(&other.summary.cited))
        });
        rows
    }
}
