//! The wire form of an answer: one for `--json` and for the query API.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use crate::concordance::{Cited, Disagreement, Report, Said};
use crate::precedent::{self, Paragraph, Precedent};
use crate::record::PassageRecord;
use crate::search::{Agreement, FacetCounts, FacetValue, Hit, Piece, Results};
use crate::text::Diagnostic;

/// A hit: the passage with its rank and what matched.
#[derive(Debug, Serialize, utoipa::ToSchema)]
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

/// A precedent: the passage with what of it is the same.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PrecedentLine<'a> {
    /// `precedent`.
    #[serde(rename = "type")]
    sort: &'static str,
    /// 1-based place among all matches.
    rank: usize,
    /// 0 to 1, comparable between any two answers.
    score: f64,
    /// Syllables and numbers that are the same.
    matched_syllables: usize,
    /// The aligned stretches of what was given.
    source: &'a [precedent::Piece],
    /// The aligned stretches of the passage.
    found: &'a [precedent::Piece],
    /// The passage.
    #[serde(flatten)]
    passage: &'a PassageRecord,
}

impl<'a> PrecedentLine<'a> {
    /// The wire form of a match.
    #[must_use]
    pub fn of(found: &'a Precedent) -> Self {
        Self {
            sort: "precedent",
            rank: found.rank,
            score: thousandths(found.score),
            matched_syllables: found.matched_syllables,
            source: &found.source,
            found: &found.found,
            passage: &found.stored.record,
        }
    }
}

/// A paragraph of a draft with its precedents.
#[derive(Debug, Serialize)]
pub struct ParagraphLine<'a> {
    /// `paragraph`.
    #[serde(rename = "type")]
    sort: &'static str,
    /// Number of its syllables and numbers.
    syllables: usize,
    /// How many of them stand in the best match; 0 where the wording is new.
    taken: usize,
    /// Number of all matches.
    total: usize,
    /// The matches.
    precedents: Vec<PrecedentLine<'a>>,
    /// The paragraph.
    #[serde(flatten)]
    passage: &'a PassageRecord,
}

impl<'a> ParagraphLine<'a> {
    /// The wire form of a paragraph.
    #[must_use]
    pub fn of(paragraph: &'a Paragraph) -> Self {
        Self {
            sort: "paragraph",
            syllables: paragraph.syllables,
            taken: paragraph.taken,
            total: paragraph.precedents.total,
            precedents: paragraph.precedents.matches.iter().map(PrecedentLine::of).collect(),
            passage: &paragraph.stored.record,
        }
    }
}

/// A family of wording.
#[derive(Debug, Serialize)]
pub struct FamilyLine<'a> {
    /// `family`.
    #[serde(rename = "type")]
    sort: &'static str,
    /// 1-based number.
    family: usize,
    /// Number of documents.
    documents: usize,
    /// Number of places.
    places: usize,
    /// Where it stands, the earliest document first.
    members: Vec<MemberLine<'a>>,
    /// Its pairs of passages.
    pairs: Vec<&'a precedent::Pair>,
}

/// A place where the wording of a family stands.
#[derive(Debug, Serialize)]
struct MemberLine<'a> {
    document: &'a str,
    passage: &'a str,
    date: Option<&'a str>,
    provinces: &'a [String],
    term: Option<&'a str>,
    section_kind: Option<crate::document::SectionKind>,
    section_path: &'a [String],
    page: usize,
    lines: [usize; 2],
    score: f64,
    syllables: usize,
    text: &'a str,
    repaired: Option<&'a str>,
    spans: &'a [[usize; 2]],
}

impl<'a> FamilyLine<'a> {
    /// The wire form of the family with this number, of what was found in a corpus.
    #[must_use]
    pub fn of(number: usize, family: &'a precedent::Family, reuse: &'a precedent::Reuse) -> Self {
        let member = |member: &'a precedent::Member| MemberLine {
            document: &member.record.document,
            passage: &member.record.passage,
            date: member.date.as_deref(),
            provinces: &member.record.provinces,
            term: member.record.term.as_deref(),
            section_kind: member.record.section_kind,
            section_path: &member.record.section_path,
            page: member.record.page,
            lines: member.record.lines,
            score: thousandths(member.score),
            syllables: member.syllables,
            text: &member.text,
            repaired: member.repaired.as_deref(),
            spans: &member.spans,
        };
        Self {
            sort: "family",
            family: number,
            documents: family.documents,
            places: family.members.len(),
            members: family.members.iter().map(member).collect(),
            pairs: family.pairs.iter().filter_map(|&pair| reuse.pairs.get(pair)).collect(),
        }
    }
}

/// What the texts say of one cited document; its places are told apart from it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReportLine<'a> {
    /// How it is cited.
    #[serde(flatten)]
    summary: &'a Cited,
    /// The documents that carry this symbol or name, as far as the texts tell them apart.
    identities: &'a [Said],
    /// Dates given for it, and where.
    said_dates: &'a [Said],
    /// Issuers given for it, and where.
    said_issuers: &'a [Said],
    /// Subjects given for it, and where.
    said_subjects: &'a [Said],
    /// Where the texts disagree.
    disagreements: &'a [Disagreement],
}

impl<'a> ReportLine<'a> {
    /// The wire form of a report.
    #[must_use]
    pub fn of(report: &'a Report) -> Self {
        Self {
            summary: &report.summary,
            identities: &report.identities,
            said_dates: &report.dates,
            said_issuers: &report.issuers,
            said_subjects: &report.subjects,
            disagreements: &report.disagreements,
        }
    }
}

/// A score as it is written: three digits tell all that it means.
fn thousandths(score: f64) -> f64 {
    (score * 1000.0).round() / 1000.0
}

/// What is told of an answer as a whole, after its hits.
#[derive(Debug, Serialize, utoipa::ToSchema)]
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
    pub fn of(results: &'a Results, asked: &'a [Diagnostic]) -> Self {
        let diagnostics = asked.iter().chain(&results.diagnostics);
        Self::new(
            results.total,
            results.elapsed,
            &results.facets,
            results.relaxed,
            diagnostics,
        )
    }

    /// The wire form of what is told of precedents.
    #[must_use]
    pub fn of_precedents(found: &'a precedent::Precedents) -> Self {
        Self::new(
            found.total,
            found.elapsed,
            &found.facets,
            false,
            found.diagnostics.iter(),
        )
    }

    fn new(
        total: usize,
        elapsed: Duration,
        facets: &'a [FacetCounts],
        relaxed: bool,
        diagnostics: impl Iterator<Item = &'a Diagnostic>,
    ) -> Self {
        let values = facets
            .iter()
            .map(|counts| (counts.facet.name(), counts.values.as_slice()));
        Self {
            sort: "summary",
            total,
            elapsed_ms: (elapsed.as_secs_f64() * 1e6).round() / 1e3,
            facets: values.collect(),
            relaxed,
            diagnostics: diagnostics.map(|diagnostic| diagnostic.message.as_str()).collect(),
        }
    }
}
