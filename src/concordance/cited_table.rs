//! The table of cited documents.

use std::collections::HashMap;
use std::sync::Arc;

use super::all_citations::{AllCitations, all_citations};
use super::cited_query::CitedQuery;
use super::cited_row::{CitedRow, RowCounters};
use super::counted::Counted;
use super::places::places;
use crate::index::{Error, Index};
use crate::query::{Diagnostic, Filters};
use crate::search::{AllowedPassages, oldest_first};
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

impl CitedTable {
    /// Counts the citations in passages that pass `filters`. Without filters the table is counted once for each opened
    /// index; later calls take no time, and with filters they read no documents.
    ///
    /// A document that speaks of itself ("Nghị quyết này") does not cite itself.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn of(index: &Index, filters: &Filters) -> Result<Self, Error> {
        if filters.is_empty() {
            let all = index.kept(all_citations)?;
            return Ok(Self {
                rows: all.rows.clone(),
                diagnostics: Vec::new(),
            });
        }
        let mut rows = RowCounters::default();
        let diagnostics = if let Some(all) = index.made::<AllCitations>() {
            let allowed = AllowedPassages::of(index, filters)?;
            let passing = all.columns.passing(Some(&allowed), filters);
            passing.for_each(|citation| rows.add(&citation));
            allowed.diagnostics
        } else {
            let found = places(index, None, filters)?;
            let citations = found.places.iter().map(|place| Counted::from(&place.citation));
            citations.for_each(|citation| rows.add(&citation));
            found.diagnostics
        };
        Ok(Self {
            rows: rows.finish(),
            diagnostics,
        })
    }

    /// Returns the table of all citations without counting anything; `None` before it is counted.
    #[must_use]
    pub fn made(index: &Index) -> Option<Self> {
        let all = index.made::<AllCitations>()?;
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
    let all = index.kept(all_citations)?;
    Ok(all.citing.get(cited).cloned().unwrap_or_default())
}

/// Returns the number of citations of the document of the corpus with the id `cited`; `None` as long as the table of
/// all citations is not made.
#[must_use]
pub fn times_cited(index: &Index, cited: &str) -> Option<usize> {
    let all = index.made::<AllCitations>()?;
    let citing = all.citing.get(cited).map_or(&[][..], Vec::as_slice);
    Some(citing.iter().map(|(_, count)| count).sum())
}

/// Returns the keys by which the citations of the document `asked` for in passages that pass `filters` are counted, each
/// with the number of these, in no order; `None` as long as the table of all citations is not made.
///
/// # Errors
/// Those of reading the index.
pub fn counts_by_key(
    index: &Index,
    asked: &CitedQuery,
    filters: &Filters,
) -> Result<Option<HashMap<String, usize>>, Error> {
    let Some(all) = index.made::<AllCitations>() else {
        return Ok(None);
    };
    let allowed = AllowedPassages::if_filtered(index, filters)?;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for citation in all.columns.citing(asked, allowed.as_ref(), filters) {
        *counts.entry(citation.key).or_default() += 1;
    }
    Ok(Some(
        counts.into_iter().map(|(key, count)| (key.to_owned(), count)).collect(),
    ))
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
