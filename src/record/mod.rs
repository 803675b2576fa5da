//! The records that people and programs receive: documents, sections, passages, footnotes, citations.
//!
//! `--json`, `export`, the stored form in the index and the query API all use these definitions. Names and meanings are
//! fixed (`records` in the guide):
//! - An absent value is `null` or `[]`; no field is ever left out.
//! - `lines` are `[first, last]`, counted from 1. Spans are `[start, end)` bytes. Both refer to the source file or, if
//!   that is not plain text, to the text that [`crate::corpus`] made of it; `boxes` then give the place on paper.
//! - `text` is always the source, and `repaired` always a reading of it. `letters` are those of the file where `text`
//!   was converted from an encoding from before Unicode.
//!
//! Records are derived from a [`Parsed`] document. [`read_draft`] and [`read_text`] parse one that is not in the index.

mod address;
mod by_passage;
mod facet;
mod filter_name;
mod parsed;
mod read;

pub use address::{ADDRESS_SIGNS, split_address};
pub use facet::Facet;
pub use filter_name::{DateEnd, FilterName};
pub use parsed::Parsed;
pub(crate) use read::{ParseFn, bare, needs_model, parse, reading_of};
pub use read::{read_content, read_draft, read_text};

use serde::{Deserialize, Serialize};

use crate::citation::{Relation, counted_as, is_own_document, with_cited_fields};
use crate::corpus::{Format, LineBox, Origin};
use crate::document::{Place, SectionKind};
use crate::reading::Quality;
use crate::symbol::Kind;
use crate::text::Encoding;

/// One document of the corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DocumentRecord {
    /// Id.
    pub document: String,
    /// Path of the file.
    pub path: String,
    /// Format of the file.
    pub format: Format,
    /// The way from the file to its text.
    pub origin: Origin,
    /// Encoding of the file; null if its format has only Unicode.
    pub encoding: Option<Encoding>,
    /// Type and subject.
    pub title: Option<String>,
    /// Kind of document: `báo cáo chính trị`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The document's own symbol, as far as it is printed.
    pub number: Option<String>,
    /// The same in canonical writing if it is whole: `88/KH-UBND`.
    pub own_symbol: Option<String>,
    /// Issuer.
    pub issuer: Option<String>,
    /// The body above the issuer.
    pub superior: Option<String>,
    /// One of today's 34 provinces.
    pub province: Option<String>,
    /// Provinces from before the merger of 2025 that the text mentions.
    pub former_provinces: Vec<String>,
    /// Terms of office: `2020-2025`.
    pub terms: Vec<String>,
    /// Place of issue.
    pub place: Option<String>,
    /// Place of signing, as on the line of place and date.
    pub signed_at: Option<String>,
    /// ISO date, perhaps partial.
    pub date: Option<String>,
    /// True if the document is a draft.
    pub draft: bool,
    /// Quality of the text.
    pub quality: Quality,
    /// Number of pages.
    pub pages: usize,
    /// Share (0 to 1) of the syllables that carry the marks they should.
    pub language_marks: f64,
    /// The documents attached to it in the same file, in order.
    pub parts: Vec<PartRecord>,
}

/// A document attached to another in the same file: a regulation after its decision, an annex after its plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PartRecord {
    /// Its number among the attached documents, from 1.
    pub part: usize,
    /// Type and subject, or its first line.
    pub title: Option<String>,
    /// Kind of document: `quy chế`, `phụ lục`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its own symbol, as far as it is printed.
    pub number: Option<String>,
    /// Issuer.
    pub issuer: Option<String>,
    /// ISO date, perhaps partial.
    pub date: Option<String>,
    /// First and last line.
    pub lines: [usize; 2],
    /// Page that it begins on.
    pub page: usize,
}

/// Returns the name of a document: its title, or its id if it has none.
#[must_use]
pub fn document_name(document: &DocumentRecord) -> &str {
    document.title.as_deref().unwrap_or(&document.document)
}

/// Returns the encoding from before Unicode from which the text of a document was converted, in capitals: `TCVN3`.
#[must_use]
pub fn converted_from(document: &DocumentRecord) -> Option<String> {
    let encoding = document.encoding.filter(|_| document.origin == Origin::Converted)?;
    Some(encoding.name().to_uppercase())
}

/// The head of a document: the facts that name it to people, beside each hit and citation in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DocumentHead {
    /// Title of the document.
    #[serde(rename = "document_title")]
    pub title: Option<String>,
    /// Issuer of the document.
    #[serde(rename = "document_issuer")]
    pub issuer: Option<String>,
    /// ISO date of the document, perhaps partial.
    #[serde(rename = "document_date")]
    pub date: Option<String>,
}

impl From<&DocumentRecord> for DocumentHead {
    fn from(document: &DocumentRecord) -> Self {
        Self {
            title: document.title.clone(),
            issuer: document.issuer.clone(),
            date: document.date.clone(),
        }
    }
}

/// One section of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SectionRecord {
    /// Id of the document.
    pub document: String,
    /// Id: `DOCUMENT§1.2.3`, its position in the tree.
    pub section: String,
    /// Its address by printed labels, `II.2.2.1`: `DOCUMENT§II.2.2.1` is the same section.
    pub address: String,
    /// Id of the section around it.
    pub parent: Option<String>,
    /// Number of the attached document that it belongs to; null in the main one.
    pub part: Option<usize>,
    /// Depth, 1 for the outermost.
    pub level: usize,
    /// Label as printed, repaired.
    pub label: String,
    /// Title.
    pub title: String,
    /// Kind of content.
    pub kind: SectionKind,
    /// Term of office.
    pub term: Option<String>,
    /// Page that it begins on.
    pub page: usize,
    /// Lines of its heading; of an introduction without one, its first line.
    pub lines: [usize; 2],
}

/// One passage: the unit that is indexed and found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PassageRecord {
    /// Id of the document.
    pub document: String,
    /// Id: `DOCUMENT:LINE`.
    pub passage: String,
    /// Part of the document that it belongs to.
    pub place: Place,
    /// Id of the innermost section around it.
    pub section: Option<String>,
    /// Kind of that section.
    pub section_kind: Option<SectionKind>,
    /// Labels and titles of the sections around it, outermost first.
    pub section_path: Vec<String>,
    /// Kinds of the same sections.
    pub section_kinds: Vec<SectionKind>,
    /// Number of the attached document that it belongs to; null in the main one.
    pub part: Option<usize>,
    /// Page that it begins on.
    pub page: usize,
    /// First and last line.
    pub lines: [usize; 2],
    /// Term of office of its section.
    pub term: Option<String>,
    /// Province of the document first, then the others that the passage names.
    pub provinces: Vec<String>,
    /// The source, lines joined, NFC.
    pub text: String,
    /// `text` in the letters of the file, if it was converted from an encoding from before Unicode.
    pub letters: Option<String>,
    /// The repaired reading if the source is damaged; it has the numbers of the notes that the passage calls (`[6]`) in
    /// place of their marks.
    pub repaired: Option<String>,
    /// Unsure words of `repaired` (of `text` if that is null), in order.
    pub unsure: Vec<Unsure>,
    /// Symbols and names of the documents that it cites, without duplicates.
    pub citations: Vec<String>,
    /// The acts by which it refers to them, without duplicates.
    pub relations: Vec<Relation>,
    /// The kinds of these documents, without duplicates.
    pub cited_kinds: Vec<Kind>,
    /// Ids of the notes that it calls.
    pub footnotes: Vec<String>,
    /// Its bytes in the file.
    pub spans: Vec<[usize; 2]>,
    /// Boxes of its lines on paper, one per line; empty for plain text.
    pub boxes: Vec<LineBox>,
    /// Average confidence of the OCR in its words, 0 to 1; null if no OCR was used or it gives none.
    pub ocr_confidence: Option<f64>,
}

/// One note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FootnoteRecord {
    /// Id of the document.
    pub document: String,
    /// Id: `DOCUMENT^NUMBER`.
    pub footnote: String,
    /// Number as printed.
    pub number: usize,
    /// The mark before the body, as in the source.
    pub mark: String,
    /// Page that it is on.
    pub page: usize,
    /// Lines of its body.
    pub lines: [usize; 2],
    /// Line of the word that calls it.
    pub anchor_line: Option<usize>,
    /// That word as in the source: with the mark if it is typed text, without it if the format of the file marks notes.
    pub anchor_text: Option<String>,
    /// Id of the passage that calls it.
    pub anchor_passage: Option<String>,
    /// The source, lines joined, NFC, without the mark.
    pub text: String,
    /// `text` in the letters of the file, if it was converted from an encoding from before Unicode.
    pub letters: Option<String>,
    /// The repaired reading if the source is damaged.
    pub repaired: Option<String>,
    /// Unsure words of `repaired` (of `text` if that is null), in order.
    pub unsure: Vec<Unsure>,
    /// Ids of its passages.
    pub passages: Vec<String>,
    /// Boxes of its lines on paper, one per line; empty for plain text.
    pub boxes: Vec<LineBox>,
}

/// A word of an OCR or of the repaired reading that may well be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Unsure {
    /// The word.
    pub text: String,
    /// Its bytes in `repaired` (in `text` if that is null), `[start, end)`.
    pub at: [usize; 2],
    /// The bytes of the file that it is a reading of, `[start, end)`.
    pub span: [usize; 2],
    /// Other possible readings, likeliest first.
    pub alternatives: Vec<String>,
}

with_cited_fields! {
    /// One reference to a document.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
    pub struct CitationRecord {
        /// Id of the citing document.
        pub document: String,
        /// Id of the passage that it is in.
        pub passage: String,
        /// Part of the document that this passage belongs to.
        pub place: Place,
        /// Id of the note that it is in.
        pub footnote: Option<String>,
        /// Id of the section that it is in.
        pub section: Option<String>,
        /// Kind of that section.
        pub section_kind: Option<SectionKind>,
        /// Page that it is on.
        pub page: usize,
        /// From the line of its number (or first word) to its last.
        pub lines: [usize; 2],
        /// Its bytes in the file.
        pub span: [usize; 2],
        /// Those bytes.
        pub raw: String,
        /// `raw` in the letters of the file, if it was converted from an encoding from before Unicode.
        pub letters: Option<String>,
        /// The repaired reading of `raw` if that is damaged.
        pub repaired: Option<String>,
        /// Unsure words of `repaired` (of `raw` if that is null), in order.
        pub unsure: Vec<Unsure>,
        /// The sentence around it, in the repaired reading if its passage is damaged; a long one is cut.
        pub sentence: String,
        /// Its bytes in `sentence`, `[start, end)`.
        pub sentence_at: [usize; 2],
        /// True if `sentence` is a repaired reading.
        pub sentence_repaired: bool,
        /// Unsure words of `sentence`, in order.
        pub sentence_unsure: Vec<Unsure>,
    }
    cited(date: String)
    {
        /// Term of office of its section.
        pub term: Option<String>,
        /// Boxes of its lines on paper, one per line; empty for plain text.
        pub boxes: Vec<LineBox>,
    }
}

impl CitationRecord {
    /// Returns the key under which it is counted: its symbol, or else that of its identity, or else its name.
    #[must_use]
    pub fn counted_as(&self) -> Option<&str> {
        counted_as(self.symbol.as_deref(), self.identity.as_deref(), self.name.as_deref())
    }

    /// Returns true if it means the document that it stands in ("Nghị quyết này"), so that no table counts it.
    #[must_use]
    pub fn is_own_document(&self) -> bool {
        let key = self.symbol.as_deref().or(self.name.as_deref()).unwrap_or("");
        is_own_document(self.form, key, self.number.as_deref())
    }
}

/// A place where a document is cited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitedAt {
    /// The citation.
    pub citation: CitationRecord,
    /// Index of its passage in the document.
    pub order: usize,
    /// Labels and titles of the sections around it, outermost first.
    pub section_path: Vec<String>,
}
