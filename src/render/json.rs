//! The wire form of an answer: one for `--json` and for the query API.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::PassageRecord;
use crate::search::{Agreement, FacetValue, Hit, Piece, Results};

/// A hit: the passage with its rank and what matched.
#[derive(Debug, Serialize)]
pub struct HitLine<'a> {
    /// `hit`.
    #[serde(rename = "type")]
    sort: &'static str,
    /// 1-based place among all hits.
    rank: usize,
    /// Comparable within one answer only.
    score: f32,
    /// Did the marks agree, were they lost in the source, do they contradict?
    #[serde(rename = "match")]
    agreement: Agreement,
    /// A cut with what matched; of the repaired reading where the source is damaged.
    snippet: &'a [Piece],
    /// The same of the source, where `snippet` is of a repaired reading.
    source_snippet: Option<&'a [Piece]>,
    /// The passage.
    #[serde(flatten)]
    passage: &'a PassageRecord,
}

impl<'a> HitLine<'a> {
    /// The wire form of `hit`.
    #[must_use]
    pub fn of(hit: &'a Hit) -> Self {
        let source = hit.snippet.pieces.as_slice();
        let repaired = hit.repaired_snippet.as_ref().map(|snippet| snippet.pieces.as_slice());
        Self {
            sort: "hit",
            rank: hit.rank,
            score: hit.score,
            agreement: hit.agreement,
            snippet: repaired.unwrap_or(source),
            source_snippet: repaired.map(|_| source),
            passage: &hit.stored.record,
        }
    }
}

/// What is told of an answer as a whole, after its hits.
#[derive(Debug, Serialize)]
pub struct SummaryLine<'a> {
    /// `summary`.
    #[serde(rename = "type")]
    sort: &'static str,
    /// Number of matching passages.
    total: usize,
    /// Time taken.
    elapsed_ms: f64,
    /// Values of each facet asked for, most frequent first.
    facets: BTreeMap<&'static str, &'a [FacetValue]>,
    /// Did no passage match all?
    relaxed: bool,
    /// What was not understood.
    diagnostics: Vec<&'a str>,
}

impl<'a> SummaryLine<'a> {
    /// The wire form of what is told of `results`; `asked` is what was odd about the question.
    #[must_use]
    pub fn of(results: &'a Results, asked: &'a [crate::text::Diagnostic]) -> Self {
        Self {
            sort: "summary",
            total: results.total,
            elapsed_ms: (results.elapsed.as_secs_f64() * 1e6).round() / 1e3,
            facets: results
                .facets
                .iter()
                .map(|counts| (counts.facet.name(), counts.values.as_slice()))
                .collect(),
            relaxed: results.relaxed,
            diagnostics: asked
                .iter()
                .chain(&results.diagnostics)
                .map(|diagnostic| diagnostic.message.as_str())
                .collect(),
        }
    }
}
