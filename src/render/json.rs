//! The wire form of every answer, the same for `--json` and the query API.
//!
//! Names and order of the fields are part of the contract with programs that read JSON.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use crate::concordance::{CitedDocument, Claim, Disagreement, Report};
use crate::index::{Check, Error, Index};
use crate::precedent::{self, Distinctiveness, Paragraph, Precedent};
use crate::proof::{Finding, Proof, ProofSummary};
use crate::query::Diagnostic;
use crate::record::{CitationRecord, DocumentHead, DocumentRecord, PassageRecord};
use crate::register::RegisterEntry;
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

/// A citation, and the head of the document that it is in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CitationLine<'a> {
    /// The head of the citing document.
    #[serde(flatten)]
    pub head: DocumentHead,
    /// The citation.
    #[serde(flatten)]
    pub citation: &'a CitationRecord,
}

impl<'a> CitationLine<'a> {
    /// Returns the wire form of a citation in `document`.
    #[must_use]
    pub fn of(citation: &'a CitationRecord, document: &DocumentRecord) -> Self {
        Self {
            head: document.into(),
            citation,
        }
    }

    /// Returns the wire forms of citations in documents of `index`.
    ///
    /// # Errors
    /// Those of [`Index::manifest`].
    pub fn all(index: &Index, citations: impl IntoIterator<Item = &'a CitationRecord>) -> Result<Vec<Self>, Error> {
        let line = |citation: &'a CitationRecord| {
            Ok(Self {
                head: index.head(&citation.document)?,
                citation,
            })
        };
        citations.into_iter().map(line).collect()
    }
}

/// A precedent: the passage, and which of its words are the same.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PrecedentLine<'a> {
    /// `precedent`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// 1-based place among all matches.
    rank: usize,
    /// Score from 0 to 1, comparable between any two answers: the amount that is the same, and its distinctiveness. It is no
    /// share.
    score: f64,
    /// Share of the given text that the passage has, 0 to 1: `matched_syllables` of `given_syllables`.
    share: f64,
    /// Number of syllables and numbers of the given text that are the same.
    matched_syllables: usize,
    /// Number of syllables and numbers of the given text.
    given_syllables: usize,
    /// Number of syllables and numbers of the passage.
    passage_syllables: usize,
    /// Information of the words that are the same, in bits: the rarer they are after one another, the more.
    bits: f64,
    /// Distinctiveness of these words, by their bits.
    distinctiveness: Distinctiveness,
    /// The aligned pieces of the given text.
    source: &'a [precedent::AlignedPiece],
    /// The aligned pieces of the passage.
    found: &'a [precedent::AlignedPiece],
    /// The head of its document.
    #[serde(flatten)]
    head: &'a DocumentHead,
    /// The passage.
    #[serde(flatten)]
    passage: &'a PassageRecord,
}

impl<'a> PrecedentLine<'a> {
    /// Returns the wire form of a match.
    #[must_use]
    pub fn of(found: &'a Precedent) -> Self {
        Self {
            kind: "precedent",
            rank: found.rank,
            score: thousandths(found.score),
            share: thousandths(found.share()),
            matched_syllables: found.matched_syllables,
            given_syllables: found.given_syllables,
            passage_syllables: found.passage_syllables,
            bits: (found.bits * 10.0).round() / 10.0,
            distinctiveness: found.distinctiveness,
            source: &found.source,
            found: &found.found,
            head: &found.head,
            passage: &found.stored.record,
        }
    }
}

/// How much of a paragraph of a draft others have said before.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ParagraphSummary {
    /// `paragraph`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// Number of its syllables and numbers.
    syllables: usize,
    /// Number of them that the best match has too; 0 if the wording is new.
    taken: usize,
    /// Number of all matches.
    total: usize,
    /// False if there may be more near matches.
    total_is_exact: bool,
    /// Number of passages that contain the whole paragraph.
    whole: usize,
}

impl From<&Paragraph> for ParagraphSummary {
    fn from(paragraph: &Paragraph) -> Self {
        Self {
            kind: "paragraph",
            syllables: paragraph.syllables,
            taken: paragraph.taken,
            total: paragraph.precedents.total,
            total_is_exact: paragraph.precedents.total_is_exact,
            whole: paragraph.precedents.whole,
        }
    }
}

/// A paragraph of a draft with its precedents.
#[derive(Debug, Serialize)]
pub struct ParagraphLine<'a> {
    #[serde(flatten)]
    summary: ParagraphSummary,
    /// The matches.
    precedents: Vec<PrecedentLine<'a>>,
    /// The paragraph.
    #[serde(flatten)]
    passage: &'a PassageRecord,
}

impl<'a> ParagraphLine<'a> {
    /// Returns the wire form of a paragraph.
    #[must_use]
    pub fn of(paragraph: &'a Paragraph) -> Self {
        Self {
            summary: paragraph.into(),
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
    kind: &'static str,
    /// 1-based number.
    family: usize,
    /// Number of documents.
    documents: usize,
    /// Number of places.
    places: usize,
    /// The places that have this wording, the earliest document first.
    members: Vec<MemberLine<'a>>,
    /// The pairs of passages that make up the family.
    pairs: Vec<&'a precedent::PassagePair>,
}

/// A place that has the wording of a family.
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
    /// Returns the wire form of the family with this number; `reuse` is the comparison that found it.
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
            kind: "family",
            family: number,
            documents: family.documents,
            places: family.members.len(),
            members: family.members.iter().map(member).collect(),
            pairs: family.pairs.iter().filter_map(|&pair| reuse.pairs.get(pair)).collect(),
        }
    }
}

/// Everything that the texts say about one cited document, without its places, which an answer lists separately.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReportLine<'a> {
    /// The cited document, and how often and where it is cited.
    #[serde(flatten)]
    summary: &'a CitedDocument,
    /// The document that the report is about, if the symbol or name means several; null for the places that do not tell
    /// which of them they mean, and where there is only one.
    identity: Option<&'a str>,
    /// The documents that carry this symbol or name, as far as the texts tell them apart.
    identities: &'a [Claim],
    /// Dates that texts give for it, and which texts.
    said_dates: &'a [Claim],
    /// Issuers that texts give for it, and which texts.
    said_issuers: &'a [Claim],
    /// Subjects that texts give for it, and which texts.
    said_subjects: &'a [Claim],
    /// The points on which the texts disagree.
    disagreements: &'a [Disagreement],
    /// The document as the register of central documents has it; where no place tells which document it is, all that it
    /// may be, the latest first.
    registered: &'a [RegisterEntry],
}

impl<'a> ReportLine<'a> {
    /// Returns the wire form of a report.
    #[must_use]
    pub fn of(report: &'a Report) -> Self {
        Self {
            summary: &report.summary,
            identity: report.identity.as_deref(),
            identities: &report.identities,
            said_dates: &report.dates,
            said_issuers: &report.issuers,
            said_subjects: &report.subjects,
            disagreements: &report.disagreements,
            registered: &report.registered,
        }
    }
}

/// Rounds a score to three digits after the point; more would be noise.
fn thousandths(score: f64) -> f64 {
    (score * 1000.0).round() / 1000.0
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

/// A problem that a check of the index found.
#[derive(Debug, Serialize)]
pub struct FindingLine {
    /// `damaged` (inside the index) or `stale` (an indexed file that changed or is gone).
    pub finding: &'static str,
    /// A message that says what is wrong with which file or document.
    pub message: String,
}

impl FindingLine {
    /// Returns the wire form of everything that `check` found, damage first.
    #[must_use]
    pub fn all(check: &Check) -> Vec<Self> {
        let damaged = check.defects.iter().map(|defect| Self {
            finding: "damaged",
            message: defect.to_string(),
        });
        let stale = check.stale.iter().map(|stale| Self {
            finding: "stale",
            message: stale.to_string(),
        });
        damaged.chain(stale).collect()
    }
}

/// The last line of the proof of a draft: the counts, and the findings that belong to no citation.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProofSummaryLine<'a> {
    /// `summary`.
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    summary: &'a ProofSummary,
    /// The findings in the numbers of the notes.
    note_findings: &'a [Finding],
}

impl<'a> ProofSummaryLine<'a> {
    /// Returns the last line for `proof`.
    #[must_use]
    pub fn of(proof: &'a Proof) -> Self {
        Self {
            kind: "summary",
            summary: &proof.summary,
            note_findings: &proof.notes,
        }
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
    fn new(
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

/// The last line for precedents: the numbers of the whole answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PrecedentSummaryLine<'a> {
    #[serde(flatten)]
    summary: SummaryLine<'a>,
    /// True if `total` counts all matches; false if there may be more near matches than were compared. Passages that
    /// contain the whole text, or a whole part of it, are always counted exactly.
    total_is_exact: bool,
    /// Number of the matches that contain the whole text, whatever its marks; always exact.
    whole: usize,
    /// Number of passages that were compared word by word to find near matches.
    compared: usize,
}

impl<'a> PrecedentSummaryLine<'a> {
    /// Returns the line for the answer `found`.
    #[must_use]
    pub fn of(found: &'a precedent::Precedents) -> Self {
        Self {
            summary: SummaryLine::new(
                found.total,
                None,
                found.elapsed,
                &found.facets,
                false,
                &[],
                found.diagnostics.iter(),
            ),
            total_is_exact: found.total_is_exact,
            whole: found.whole,
            compared: found.compared,
        }
    }
}
