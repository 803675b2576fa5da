//! Precedents, paragraphs of drafts and families of wording as JSON.

use serde::Serialize;

use super::search::SummaryLine;
use crate::precedent::{self, Distinctiveness, Paragraph, Precedent};
use crate::record::{DocumentHead, PassageRecord};

/// A precedent: the passage, and which of its words are the same.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PrecedentLine<'a> {
    /// `precedent`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// 1-based place among all matches.
    rank: usize,
    /// Score from 0 to 1, comparable between any two answers: the amount that is the same, and its distinctiveness. It is
    /// no share.
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

/// The part of a paragraph of a draft that others have said before.
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

/// Rounds a score to three digits after the point; more would be noise.
fn thousandths(score: f64) -> f64 {
    (score * 1000.0).round() / 1000.0
}
