//! Answers: a query and options to hits, counts and snippets.
//!
//! All words must match; when no passage has all of them, the passages with most of them are returned and
//! [`Results::relaxed`] says so. The way from a question to its answer:
//!
//! 1. [`also`] adds other forms of the words, such as abbreviations; [`plan`] turns the words into a question
//!    ([`ask::Ask`]), and into what ranks the hits, and [`filter`] the filters; [`restricted`] joins the two, and asks for
//!    fewer words if no passage has all of them.
//! 2. An engine ([`engine::Engine`], found by [`opened`]) answers the question: it counts the matches by the agreement of
//!    their marks ([`levels`]) and by value ([`facet`]), and has the window of hits that was asked for. One is
//!    inside the program ([`embedded`]), another one is asked over the network ([`remote`]).
//! 3. For each hit, [`matching`] finds what matched in its text, [`marking`] chooses what is shown of it, and
//!    [`snippet`] cuts the text around that.
//!
//! There are other ways to ask: [`Suggester`] completes what is being typed, [`lookup()`] finds the record that an id
//! refers to, [`whole_wording`] finds the passages that contain a wording, [`shared_wording`] those that share most of it,
//! [`Matches`] finds all matches in one document, and [`Help`] offers changes to a search that found nothing.
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

mod agreement;
mod all_counts;
mod also;
mod ask;
mod asked_words;
mod citing;
mod close;
mod closed_values;
mod complete;
pub(crate) mod consecutive;
mod embedded;
mod engine;
mod facet;
mod filter;
mod help;
mod levels;
pub(crate) mod located;
mod lookup;
mod marking;
mod matching;
mod named_documents;
pub(crate) mod near;
mod near_symbols;
mod opened;
mod options;
mod plan;
mod remote;
mod restricted;
pub(crate) mod scope;
pub(crate) mod shared_wording;
mod snippet;
mod unknown_values;
mod value_terms;
mod values;
pub(crate) mod whole_wording;
mod within;
mod written_forms;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

pub use agreement::Agreement;
pub use also::OtherForms;
pub(crate) use citing::each_citation;
pub(crate) use closed_values::usual_value;
pub use complete::{SuggestedDocument, SuggestedPhrase, SuggestedSymbol, Suggester, Suggestions};
pub(crate) use facet::facet_label;
pub use facet::{FacetCounts, FacetValue};
pub use filter::AllowedPassages;
pub use help::{AskedSearch, Help};
pub use levels::MatchCounts;
pub use lookup::{Target, lookup};
pub use named_documents::retain_named;
pub use near_symbols::{nearest_of, nearest_symbols};
pub(crate) use options::oldest_first;
pub use options::{Adjacency, DEFAULT_FACET_LIMIT, DEFAULT_LIMIT, DocumentOrder, Marks, Options, Sort, limit_or_all};
pub use snippet::{Piece, Snippet};
pub use values::{InvalidValue, allowed_values, documents_named, facets_named, filters_of};
pub use within::Matches;

use crate::index::{Error, Index, StoredPassage};
use crate::query::{Diagnostic, Filters, Query};
use crate::record::{DocumentHead, DocumentRecord, Facet};
use ask::{Asked, Found, PlanMarks};
use filter::Restriction;
use opened::engine_of;
use restricted::RestrictedPlan;

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// The hits of the window, in the order asked for.
    pub hits: Vec<Hit>,
    /// Numbers of matching passages, before limit and offset.
    pub matches: MatchCounts,
    /// One per facet asked for, in that order.
    pub facets: Vec<FacetCounts>,
    /// True if no passage matched every word and these match most of them.
    pub relaxed: bool,
    /// Words of the query of which other forms, such as abbreviations, were searched for too.
    pub also: Vec<OtherForms>,
    /// Oddities found while searching: values that no passage has, prefixes that stand for too many words.
    pub diagnostics: Vec<Diagnostic>,
    /// Time taken.
    pub elapsed: Duration,
}

impl Results {
    /// Returns the number of matching passages, before limit and offset.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.matches.total()
    }

    /// Returns the number of passages that match the whole query: none if it was relaxed.
    #[must_use]
    pub const fn strict_total(&self) -> usize {
        if self.relaxed { 0 } else { self.total() }
    }
}

/// A matching passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// 1-based position among all hits.
    pub rank: usize,
    /// Comparable within one answer only; 0 where the order is not by relevance.
    pub score: f32,
    /// Agreement of the marks of the query words with those of the passage.
    pub agreement: Agreement,
    /// The passage.
    pub stored: StoredPassage,
    /// The head of its document.
    pub head: DocumentHead,
    /// A cut of the source around what matched.
    pub snippet: Snippet,
    /// A cut of the repaired reading, if the source is damaged.
    pub repaired_snippet: Option<Snippet>,
    /// A cut of the passage in the letters of the file, if it was converted from them.
    pub letters_snippet: Option<Snippet>,
}

/// Answers `query`, restricted by its own filters and by `filters` too.
///
/// # Errors
/// [`Error::Damaged`], [`Error::Engine`], [`Error::Io`].
pub fn search(index: &Index, query: &Query, filters: &Filters, options: &Options) -> Result<Results, Error> {
    let started = Instant::now();
    let mut diagnostics = Vec::new();
    let mut restricted = RestrictedPlan::of(index, query, filters, options, &mut diagnostics)?;
    let found = restricted.find(index, options, &options.facets)?;
    let matcher = restricted.matcher(options.marks);
    let mut hits = Vec::with_capacity(found.hits.len());
    let documents: Vec<&str> = found
        .hits
        .iter()
        .map(|(_, stored)| stored.record.document.as_str())
        .collect();
    let heads = index.heads(&documents)?;
    for (position, ((score, stored), head)) in found.hits.into_iter().zip(heads).enumerate() {
        let shown = matcher.find(&stored);
        hits.push(Hit {
            rank: options.offset + position + 1,
            score,
            agreement: shown.agreement,
            snippet: snippet::of_source(&stored, &shown, options.snippet_chars),
            repaired_snippet: snippet::of_reading(&stored, &shown, options.snippet_chars),
            letters_snippet: snippet::of_letters(&stored, &shown, options.snippet_chars),
            head,
            stored,
        });
    }
    Ok(Results {
        hits,
        matches: found.matches,
        facets: found.facets,
        relaxed: restricted.relaxed,
        also: restricted.also,
        diagnostics,
        elapsed: started.elapsed(),
    })
}

/// Returns the counts of each of `facets` over the passages that pass `filters`. Without filters each facet is counted
/// once for each opened index.
///
/// # Errors
/// Those of [`search`].
pub fn facets(
    index: &Index,
    filters: &Filters,
    facets: Vec<Facet>,
) -> Result<(Vec<Arc<FacetCounts>>, Vec<Diagnostic>), Error> {
    let count = |filters: &Filters, facets| search(index, &Query::default(), filters, &Options::counting(facets));
    if filters.is_empty() {
        // Nothing asked finds nothing, so no filters at all become filters that every passage passes. They name all
        // values that there may be, so that some are in no passage tells nothing.
        let everywhere = |facets| Ok(count(&Filters::everywhere(), facets)?.facets);
        return Ok((all_counts::of_all(index, &facets, everywhere)?, Vec::new()));
    }
    let results = count(filters, facets)?;
    Ok((results.facets.into_iter().map(Arc::new).collect(), results.diagnostics))
}

/// Returns the documents with a passage that passes `filters`, sorted by id, and oddities of the filters. All documents
/// without filters.
///
/// # Errors
/// Those of [`search`].
pub fn documents<'i>(index: &'i Index, filters: &Filters) -> Result<(Vec<&'i DocumentRecord>, Vec<Diagnostic>), Error> {
    if filters.is_empty() {
        return Ok((index.documents()?.collect(), Vec::new()));
    }
    let mut diagnostics = Vec::new();
    let restriction = Restriction::of(index, filters, &mut diagnostics)?;
    let asked = Asked {
        ask: &restriction.passages(None),
        marks: &PlanMarks::default(),
        gains: &[],
        facets: &[Facet::Document],
        options: &Options::counting(Vec::new()),
    };
    let found = engine_of(index).find(&[asked])?.pop().unwrap_or_default();
    let documents = documents_of(index, &found)?;
    Ok((documents, diagnostics))
}

/// Calls `take` with each value of `facet` that some passage has, and perhaps with some that none has any more, in order.
///
/// # Errors
/// Those of [`search`].
pub(crate) fn for_each_value(index: &Index, facet: Facet, mut take: impl FnMut(&str)) -> Result<(), Error> {
    engine_of(index).values(facet)?.iter().for_each(|value| take(value));
    Ok(())
}

/// Returns the documents in which [`search`] finds a passage, sorted by id, and [`Results::relaxed`].
///
/// # Errors
/// Those of [`search`].
pub fn matching_documents<'i>(
    index: &'i Index,
    query: &Query,
    filters: &Filters,
    options: &Options,
) -> Result<(Vec<&'i DocumentRecord>, bool), Error> {
    let mut restricted = RestrictedPlan::of(index, query, filters, options, &mut Vec::new())?;
    let found = restricted.find_documents(index)?;
    Ok((documents_of(index, &found)?, restricted.relaxed))
}

/// Returns the documents with a match of a walk that counted documents, sorted by id.
fn documents_of<'i>(index: &'i Index, found: &Found) -> Result<Vec<&'i DocumentRecord>, Error> {
    let ids: HashSet<&str> = found
        .facets
        .iter()
        .flat_map(|counts| &counts.values)
        .map(|counted| counted.value.as_str())
        .collect();
    Ok(index
        .documents()?
        .filter(|record| ids.contains(record.document.as_str()))
        .collect())
}
