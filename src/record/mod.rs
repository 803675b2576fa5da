//! The records that people and programs get: documents, sections, passages, footnotes, citations.
//!
//! One definition for `--json`, `export`, the stored form in the index and the query API. Names and
//! meanings are fixed (README, "Records"): absent values are `null` or `[]`, never left out; `lines` are
//! `[first, last]`, 1-based; spans are `[start, end)` bytes. Both address the source file, or where that is no
//! plain text, the text that [`crate::corpus`] made of it; `boxes` then say where on paper it stands. Records
//! are derived from a [`Parsed`] document; `text` is always the source and `repaired` always a reading of it.

mod facet;
mod parsed;
mod read;

pub use facet::Facet;
pub use parsed::Parsed;
pub(crate) use read::{ParseFn, bare, parse};
pub use read::{read_draft, read_text};

use serde::{Deserialize, Serialize};

use crate::citation::{CitationForm, CitationStatus};
use crate::corpus::{Format, LineBox};
use crate::document::{Place, SectionKind};
use crate::reading::Quality;
use crate::symbol::Kind;

/// One document of the corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DocumentRecord {
    /// Id.
    pub document: String,
    /// File.
    pub path: String,
    /// What the file is.
    pub format: Format,
    /// Type and subject.
    pub title: Option<String>,
    /// Kind of document: `báo cáo chính trị`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its own symbol, as far as it is printed.
    pub number: Option<String>,
    /// Issuer.
    pub issuer: Option<String>,
    /// The body above the issuer.
    pub superior: Option<String>,
    /// One of today's 34 provinces.
    pub province: Option<String>,
    /// Provinces before the merger of 2025 that the text speaks of.
    pub former_provinces: Vec<String>,
    /// Terms of office: `2020-2025`.
    pub terms: Vec<String>,
    /// Where it was issued.
    pub place: Option<String>,
    /// ISO date, may be partial.
    pub date: Option<String>,
    /// Is it a draft?
    pub draft: bool,
    /// Quality of the text.
    pub quality: Quality,
    /// Number of pages.
    pub pages: usize,
    /// Share 0..=1 of syllables that carry the marks they should.
    pub language_marks: f64,
}

/// The name of a document: its title, or its id where it has none.
#[must_use]
pub fn document_name(document: &DocumentRecord) -> &str {
    document.title.as_deref().unwrap_or(&document.document)
}

/// One section of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SectionRecord {
    /// Id of the document.
    pub document: String,
    /// Id: `DOCUMENT§1.2.3`.
    pub section: String,
    /// Id of the section around it.
    pub parent: Option<String>,
    /// Depth, 1 for the outermost.
    pub level: usize,
    /// Label as printed once repaired.
    pub label: String,
    /// Title.
    pub title: String,
    /// What it is about.
    pub kind: SectionKind,
    /// Term of office.
    pub term: Option<String>,
    /// Page on which it begins.
    pub page: usize,
    /// Lines of its heading; of an introduction without one, its first line.
    pub lines: [usize; 2],
}

/// One passage: what is indexed and found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PassageRecord {
    /// Id of the document.
    pub document: String,
    /// Id: `DOCUMENT:LINE`.
    pub passage: String,
    /// Where it stands.
    pub place: Place,
    /// Id of the innermost section around it.
    pub section: Option<String>,
    /// Kind of that section.
    pub section_kind: Option<SectionKind>,
    /// Labels and titles of the sections around it, outermost first.
    pub section_path: Vec<String>,
    /// Kinds of the same sections.
    pub section_kinds: Vec<SectionKind>,
    /// Page on which it begins.
    pub page: usize,
    /// First and last line.
    pub lines: [usize; 2],
    /// Term of office of its section.
    pub term: Option<String>,
    /// The document's province first, then any other that the passage names.
    pub provinces: Vec<String>,
    /// The source, lines joined, NFC.
    pub text: String,
    /// The repaired reading, where the source is damaged; with the numbers of the notes that it calls (`[6]`) where
    /// their marks stand in the source.
    pub repaired: Option<String>,
    /// Words of `repaired` (of `text` where that is null) that are unsure, in order.
    pub unsure: Vec<Unsure>,
    /// Symbols or names of what it cites, each once.
    pub citations: Vec<String>,
    /// Ids of the notes that it calls.
    pub footnotes: Vec<String>,
    /// Its bytes in the file.
    pub spans: Vec<[usize; 2]>,
    /// Where its lines stand on paper, one box each; empty for plain text.
    pub boxes: Vec<LineBox>,
    /// How sure the OCR was of its words on average, 0 to 1; null where there was none, or it does not say.
    pub ocr_confidence: Option<f64>,
}

/// One note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FootnoteRecord {
    /// Id of the document.
    pub document: String,
    /// Id: `DOCUMENT^NUMBER`.
    pub footnote: String,
    /// Number as on paper.
    pub number: usize,
    /// The mark before the body, as it stands in the source.
    pub mark: String,
    /// Page it stands on.
    pub page: usize,
    /// Lines of its body.
    pub lines: [usize; 2],
    /// Line of the word that calls it.
    pub anchor_line: Option<usize>,
    /// That word with the mark, as it stands in the source.
    pub anchor_text: Option<String>,
    /// Id of the passage that calls it.
    pub anchor_passage: Option<String>,
    /// The source, lines joined, NFC, without the mark.
    pub text: String,
    /// The repaired reading, where the source is damaged.
    pub repaired: Option<String>,
    /// Words of `repaired` (of `text` where that is null) that are unsure, in order.
    pub unsure: Vec<Unsure>,
    /// Ids of its passages.
    pub passages: Vec<String>,
    /// Where its lines stand on paper, one box each; empty for plain text.
    pub boxes: Vec<LineBox>,
}

/// A word that an OCR or the repaired reading gives, and that may well say something else
/// ([`crate::reading::UNSURE`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Unsure {
    /// The word.
    pub text: String,
    /// Its bytes in `repaired`, in `text` where that is null, `[start, end)`.
    pub at: [usize; 2],
    /// The bytes of the file that are read so, `[start, end)`.
    pub span: [usize; 2],
    /// What it may say else, likeliest first.
    pub alternatives: Vec<String>,
}

/// One reference to a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CitationRecord {
    /// Id of the citing document.
    pub document: String,
    /// Id of the passage it stands in.
    pub passage: String,
    /// Place of that passage.
    pub place: Place,
    /// Id of the note it stands in.
    pub footnote: Option<String>,
    /// Id of the section it stands in.
    pub section: Option<String>,
    /// Kind of that section.
    pub section_kind: Option<SectionKind>,
    /// Page it stands on.
    pub page: usize,
    /// From the line of its number (or first word) to its last.
    pub lines: [usize; 2],
    /// Its bytes in the file.
    pub span: [usize; 2],
    /// Those bytes.
    pub raw: String,
    /// The repaired reading of `raw`, where it is damaged.
    pub repaired: Option<String>,
    /// Words of `repaired` (of `text` where that is null) that are unsure, in order.
    pub unsure: Vec<Unsure>,
    /// What sort of document is cited.
    pub kind: Kind,
    /// Canonical symbol.
    pub symbol: Option<String>,
    /// Name of what is cited without a symbol.
    pub name: Option<String>,
    /// Number as printed.
    pub number: Option<String>,
    /// Issuer, as given with it.
    pub issuer: Option<String>,
    /// ISO date, as given with it.
    pub date: Option<String>,
    /// Subject, as given with it.
    pub subject: Option<String>,
    /// How it is written.
    pub form: CitationForm,
    /// What became of it when the corpus was looked at.
    pub status: CitationStatus,
    /// Identities it may have.
    pub candidates: Vec<String>,
    /// The one identity that it has, when resolved.
    pub identity: Option<String>,
    /// Id of the cited document, where the corpus holds it.
    pub target: Option<String>,
    /// Term of office of its section.
    pub term: Option<String>,
    /// Where its lines stand on paper, one box each; empty for plain text.
    pub boxes: Vec<LineBox>,
}

/// A place where a document is cited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitedAt {
    /// The citation.
    pub citation: CitationRecord,
    /// Index in the document of the passage that it stands in.
    pub order: usize,
    /// Labels and titles of the sections around it, outermost first.
    pub section_path: Vec<String>,
}
