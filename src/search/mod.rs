//! Answers: a query and a window to hits, counts and snippets.
//!
//! All words must match; when no passage has all of them, the passages with most of them are given and
//! [`Results::relaxed`] says so. How hits are ranked is said in [`plan`].
//!
//! ```no_run
//! use vankien::index::Index;
//! use vankien::query::{Filters, parse};
//! use vankien::search::{Options, search};
//! let index = Index::open("index".as_ref())?;
//! let (query, _) = parse("tinh gọn bộ máy place:footnote");
//! let results = search(&index, &query, &Filters::default(), &Options::default())?;
//! for hit in &results.hits {
//!     println!("{} {}", hit.stored.record.passage, hit.stored.record.text);
//! }
//! # Ok::<(), vankien::index::Error>(())
//! ```

mod address;
mod choice;
mod facet;
mod filter;
mod matching;
mod passing;
mod phrases;
mod plan;
mod rank;
pub(crate) mod sharing;
mod snippet;
mod steady;
mod suggest;

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use tantivy::collector::Count;
use tantivy::query::BooleanQuery;

pub use address::{Named, named};
pub use choice::{Unusable, facets_named, filters_of, values_allowed};
pub(crate) use facet::facet_label;
pub use facet::{FacetCounts, FacetValue};
pub use matching::Agreement;
pub use passing::Passing;
pub use rank::Sort;
pub use snippet::{Piece, Snippet};
pub use suggest::{SuggestedDocument, SuggestedPhrase, SuggestedSymbol, Suggester, Suggestions, nearest_symbols};

use crate::index::{Error, Facet, Index, StoredPassage};
use crate::query::{Filters, Query};
use crate::record::DocumentRecord;
use crate::text::Diagnostic;
use filter::Restriction;
use matching::Matcher;
use plan::{Plan, boxed_and};

/// How to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What marks mean.
    pub marks: Marks,
    /// Most hits to give.
    pub limit: usize,
    /// Hits to leave out before them.
    pub offset: usize,
    /// Order of the hits.
    pub sort: Sort,
    /// What to count by.
    pub facets: Vec<Facet>,
    /// Greatest length of a snippet in chars.
    pub snippet_chars: usize,
    /// Do words next to one another in the query count more where they are so in the text? Off only to measure
    /// what it gains.
    pub adjacency: Adjacency,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            marks: Marks::Prefer,
            limit: 10,
            offset: 0,
            sort: Sort::Relevance,
            facets: Vec::new(),
            snippet_chars: 240,
            adjacency: Adjacency::Counts,
        }
    }
}

/// What the marks of a query word mean. A word typed without marks asks for none in any mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marks {
    /// Nothing.
    Any,
    /// Passages that agree come first.
    #[default]
    Prefer,
    /// Passages that do not agree are left out.
    Exact,
}

impl Marks {
    /// All, under the names that people ask for them by.
    pub const NAMED: [(&'static str, Self); 3] = [("any", Self::Any), ("prefer", Self::Prefer), ("exact", Self::Exact)];
}

/// Whether neighbours count as such.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Adjacency {
    /// They do.
    #[default]
    Counts,
    /// They do not.
    Ignored,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// In the order asked for.
    pub hits: Vec<Hit>,
    /// Number of matching passages, before limit and offset.
    pub total: usize,
    /// One per facet asked for, in that order.
    pub facets: Vec<FacetCounts>,
    /// Did no passage match all, so that these match most?
    pub relaxed: bool,
    /// What was odd about the question, and about values that nothing has.
    pub diagnostics: Vec<Diagnostic>,
    /// Time taken.
    pub elapsed: Duration,
}

/// A matching passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// 1-based place among all hits.
    pub rank: usize,
    /// Comparable within one answer only; 0 where the order is not by relevance.
    pub score: f32,
    /// Did the marks of the query words agree?
    pub agreement: Agreement,
    /// The passage.
    pub stored: StoredPassage,
    /// A cut of the source with what matched.
    pub snippet: Snippet,
    /// The same of the repaired reading, where the source is damaged.
    pub repaired_snippet: Option<Snippet>,
}

/// Answers `query`, restricted by its own filters and by `filters` too.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`], [`Error::Io`].
pub fn search(index: &Index, query: &Query, filters: &Filters, options: &Options) -> Result<Results, Error> {
    let started = Instant::now();
    let filters = query.filters.clone().and(filters);
    let mut diagnostics = Vec::new();
    let restriction = Restriction::of(index, &filters, &mut diagnostics)?;
    let nothing_asked = query.is_empty() && filters.is_empty();
    let mut plan = Plan::of(index, query, options, &mut diagnostics)?;
    let mut relaxed = false;
    if nothing_asked {
        plan = Plan::nothing();
    } else if let Some(parts) = plan.relaxable()
        && count(index, boxed_and(plan.query(), restriction.all()))? == 0
        && let Some(weaker) = relax(index, parts, &plan, &restriction)?
    {
        relaxed = true;
        plan = weaker;
    }
    let restricted = boxed_and(plan.query(), restriction.all());
    let (ranked, total) = rank::ranked(index, &restricted, options)?;
    let facets = facet::counts(index, &plan, &restriction, &options.facets)?;
    let matcher = Matcher::of(query, options.marks);
    let mut hits = Vec::with_capacity(ranked.len());
    for (place, (score, address)) in ranked.into_iter().enumerate() {
        let stored = index.stored(address)?;
        let found = matcher.find(&stored);
        hits.push(Hit {
            rank: options.offset + place + 1,
            score,
            agreement: found.agreement,
            snippet: snippet::of_source(&stored, &found, options.snippet_chars),
            repaired_snippet: snippet::of_reading(&stored, &found, options.snippet_chars),
            stored,
        });
    }
    Ok(Results {
        hits,
        total,
        facets,
        relaxed,
        diagnostics,
        elapsed: started.elapsed(),
    })
}

/// The counts of each of `facets` over the passages that pass `filters`.
///
/// # Errors
/// Those of [`search`].
pub fn facets(
    index: &Index,
    filters: &Filters,
    facets: Vec<Facet>,
) -> Result<(Vec<FacetCounts>, Vec<Diagnostic>), Error> {
    let options = Options {
        limit: 0,
        facets,
        ..Options::default()
    };
    // An empty question has no answer, so all is asked for where nothing is.
    let everywhere = filters.is_empty().then(Filters::everywhere);
    let results = search(
        index,
        &Query::default(),
        everywhere.as_ref().unwrap_or(filters),
        &options,
    )?;
    Ok((results.facets, results.diagnostics))
}

/// The records of the documents with a passage that passes `filters`, sorted by id, and what was odd about the filters.
///
/// # Errors
/// Those of [`search`].
pub fn documents(index: &Index, filters: &Filters) -> Result<(Vec<DocumentRecord>, Vec<Diagnostic>), Error> {
    if filters.is_empty() {
        return Ok((index.documents()?.cloned().collect(), Vec::new()));
    }
    let passing = Passing::of(index, filters)?;
    let records = index.documents()?.filter(|record| passing.has_any(&record.document));
    Ok((records.cloned().collect(), passing.diagnostics))
}

/// Number of passages that `query` matches.
fn count(index: &Index, query: BooleanQuery) -> Result<usize, Error> {
    index.guard(|| index.searcher().search(&query, &Count))
}

/// The plan that asks for as many of the `parts` as any passage has, and a few less: one passage with all but
/// one word should not hide those with all but two. `None` where no passage has any.
fn relax(index: &Index, parts: usize, plan: &Plan, restriction: &Restriction) -> Result<Option<Plan>, Error> {
    let matches = |least: usize| -> Result<bool, Error> {
        Ok(count(index, boxed_and(plan.with_least(least).query(), restriction.all()))? > 0)
    };
    if !matches(1)? {
        return Ok(None);
    }
    // Most parts that some passage has: it has fewer than all of them, and the more are asked for the fewer
    // passages match.
    let (mut some, mut none) = (1, parts);
    while none - some > 1 {
        let middle = (some + none) / 2;
        *(if matches(middle)? { &mut some } else { &mut none }) = middle;
    }
    Ok(Some(plan.with_least((some * 3).div_ceil(4))))
}
