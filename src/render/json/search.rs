//! Hits, their summary and values of facets as JSON.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use crate::query::Diagnostic;
use crate::record::{DocumentHead, PassageRecord};
use crate::search::{Agreement, FacetCounts, FacetValue, Hit, MatchCounts, OtherForms, Piece, Results};

/// A hit: the passage with its rank and what matched.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct HitLine<'a> {
    /// `hit`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// 1-based place among all hits.
    rank: usize,
    /// Score, comparable within one answer only.
    score: f32,
    /// Agreement of the marks of the query with those of the text: they agree as printed, agree as read in a scan, were
    /// lost in the source, or contradict. That of the word that agrees worst.
    #[serde(rename = "match")]
    agreement: Agreement,
    /// The part of the passage around what matched; of the repaired reading if the source is damaged.
    snippet: &'a [Piece],
    /// The snippet of the source, if `snippet` is of a repaired reading; that in the letters of the file, if the text was
    /// converted from them.
    source_snippet: Option<&'a [Piece]>,
    /// The head of its document.
    #[serde(flatten)]
    head: &'a DocumentHead,
    /// The passage.
    #[serde(flatten)]
    passage: &'a PassageRecord,
}

impl<'a> HitLine<'a> {
    /// Returns the wire form of `hit`.
    #[must_use]
    pub fn of(hit: &'a Hit) -> Self {
        let source = hit.snippet.pieces.as_slice();
        let repaired = hit.repaired_snippet.as_ref().map(|snippet| snippet.pieces.as_slice());
        let letters = hit.letters_snippet.as_ref().map(|snippet| snippet.pieces.as_slice());
        Self {
            kind: "hit",
            rank: hit.rank,
            score: hit.score,
            agreement: hit.agreement,
            snippet: repaired.unwrap_or(source),
            source_snippet: letters.or(repaired.map(|_| source)),
            head: &hit.head,
            passage: &hit.stored.record,
        }
    }
}

/// One value of one facet.
#[derive(Debug, Serialize)]
pub struct FacetValueLine {
    /// The name of the facet.
    pub facet: &'static str,
    /// The value as filters take it.
    pub value: String,
    /// The value as people read it.
    pub label: String,
    /// Number of passages that have it.
    pub count: u64,
}

impl FacetValueLine {
    /// Returns the wire form of all values, facet by facet.
    #[must_use]
    pub fn all(facets: Vec<FacetCounts>) -> Vec<Self> {
        let mut lines = Vec::new();
        for counts in facets {
            lines.extend(counts.values.into_iter().map(|value| Self {
                facet: counts.facet.name(),
                value: value.value,
                label: value.label,
                count: value.count,
            }));
        }
        lines
    }
}

/// The last line of an answer: totals, facets and diagnostics.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SummaryLine<'a> {
    /// `summary`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// Number of matching passages.
    total: usize,
    /// The same number by the agreement of the marks; null for precedents.
    matches: Option<MatchCounts>,
    /// Time taken, in milliseconds.
    elapsed_ms: f64,
    /// Values of each facet asked for, the most frequent first.
    facets: BTreeMap<&'static str, &'a [FacetValue]>,
    /// Number of further values of each facet that has more than `facet_limit` allows.
    facets_left: BTreeMap<&'static str, usize>,
    /// True if no passage matched every word and these match most of them.
    relaxed: bool,
    /// Words of which other forms, such as abbreviations, were searched for too.
    also: &'a [OtherForms],
    /// Messages about parts of the question that were ignored or match nothing.
    diagnostics: Vec<String>,
}

impl<'a> SummaryLine<'a> {
    /// Returns the last line for `results`; `asked` holds the diagnostics of parsing the question.
    #[must_use]
    pub fn of(results: &'a Results, asked: &'a [Diagnostic]) -> Self {
        let diagnostics = asked.iter().chain(&results.diagnostics);
        Self::new(
            results.total(),
            Some(results.matches),
            results.elapsed,
            &results.facets,
            results.relaxed,
            &results.also,
            diagnostics,
        )
    }

    /// Returns the line with these values, in the order of the facets' names.
    pub(super) fn new(
        total: usize,
        matches: Option<MatchCounts>,
        elapsed: Duration,
        facets: &'a [FacetCounts],
        relaxed: bool,
        also: &'a [OtherForms],
        diagnostics: impl Iterator<Item = &'a Diagnostic>,
    ) -> Self {
        let values = facets
            .iter()
            .map(|counts| (counts.facet.name(), counts.values.as_slice()));
        let left = facets.iter().filter(|counts| counts.left > 0);
        let left = left.map(|counts| (counts.facet.name(), counts.left));
        Self {
            kind: "summary",
            total,
            matches,
            elapsed_ms: (elapsed.as_secs_f64() * 1e6).round() / 1e3,
            facets: values.collect(),
            facets_left: left.collect(),
            relaxed,
            also,
            diagnostics: diagnostics.map(|diagnostic| diagnostic.to_string()).collect(),
        }
    }
}
