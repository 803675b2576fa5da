//! The parser of documents: a file's text and its reading to a [`Document`], without failure or loss.
//!
//! A document (văn kiện) is plain data: spans into the one text of its file. Each byte of the file lies in
//! exactly one [`Passage`] (body, heading, footnote, table cell, header) or named piece of [`Furniture`]. Words
//! of damaged text come from the repaired reading; their spans point into the source.
//!
//! This file owns the data types; [`parse()`] calls the steps in their order:
//!
//! - [`layout`] cuts the text into rows and pages;
//! - [`parts`] finds where attached documents begin;
//! - [`notes`] finds footnotes and the marks that call them, and repairs their numbers;
//! - [`metadata`] reads letterhead, title and first sentence, and decides on the province;
//! - [`blocks`] groups rows into paragraphs and recognizes headings, labels and tables;
//! - [`sections`] builds the outline, with the kind and the term of each section;
//! - [`passages`] and [`furniture`] give every byte its place.
//!
//! [`phrase`] and [`strays`] compare and clean words that a scan misread. The module does not know citations,
//! files or the index.

mod blocks;
mod date;
mod furniture;
mod layout;
mod metadata;
mod notes;
mod parse;
mod parts;
mod passages;
mod phrase;
mod sections;
mod strays;

use serde::{Deserialize, Serialize};

pub use date::{NotADate, PartialDate};
pub(crate) use metadata::body_words;
pub use metadata::province;
pub(crate) use metadata::sentence_case::sentence_case;
pub use parse::{parse, parse_structured};
pub use sections::{AddressMatch, Section, SectionAddresses, SectionKind, is_position};

use crate::reading::Quality;
use crate::text::{Span, named};

/// One party document and the parts it was split into.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The id: the stem of its file's name (`001_a1c1383653321638`).
    pub id: String,
    /// The file, as it was named when it was read.
    pub path: String,
    /// The file's text, byte for byte.
    pub text: String,
    /// Facts about the document as a whole.
    pub metadata: Metadata,
    /// The documents attached to this one, in order.
    pub parts: Vec<Part>,
    /// In order; the first begins at byte 0. Never empty once parsed.
    pub pages: Vec<Page>,
    /// In order of their headings; parents before children. The first is the introduction, which has no
    /// heading, if the document has one.
    pub sections: Vec<Section>,
    /// In order of their first byte.
    pub passages: Vec<Passage>,
    /// In order of their pages, and on each in order of their numbers.
    pub footnotes: Vec<Footnote>,
    /// In order of their first byte.
    pub furniture: Vec<Furniture>,
}

impl Document {
    /// Returns the number of the attached document that holds byte `at`, from 1; `None` in the main document.
    #[must_use]
    pub fn part_at(&self, at: usize) -> Option<usize> {
        match self.parts.partition_point(|part| part.span.start <= at) {
            0 => None,
            number => Some(number),
        }
    }
}

/// A document attached to the main one in the same file (văn bản kèm theo): a regulation after its decision, a report
/// after its letter, an annex after its plan.
///
/// It is no section: its sections begin at level 1 and with the label 1 again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Type and subject, or its first line where it has no type.
    pub title: Option<String>,
    /// Kind of document, lower case: `quy chế`, `phụ lục`.
    pub kind: Option<String>,
    /// Its own symbol or what of it is printed.
    pub number: Option<String>,
    /// Issuer.
    pub issuer: Option<String>,
    /// Date, as far as it is filled in.
    pub date: Option<PartialDate>,
    /// Its bytes, from its letterhead or type line to the next attached document or the end of the file.
    pub span: Span,
    /// 1-based number of the page on which it begins.
    pub page: usize,
}

/// Facts about a document as a whole. Strings are readings (repaired where the text is damaged).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// Type and subject as on the title lines (trích yếu): `Báo cáo kết quả thực hiện …`.
    pub title: Option<String>,
    /// Kind of document (thể loại), lower case: `báo cáo chính trị`, `báo cáo`, `kế hoạch`, …
    pub kind: Option<String>,
    /// Its own symbol or what of it is printed: `-BC/ĐU`, `01-KH/TU`.
    pub number: Option<String>,
    /// Issuer (cơ quan ban hành).
    pub issuer: Option<String>,
    /// The body above the issuer.
    pub superior: Option<String>,
    /// One of today's 34 provinces (see [`province`]).
    pub province: Option<String>,
    /// Provinces before the merger of 2025 that the text names: `Sóc Trăng`, `Cần Thơ (cũ)`.
    pub former_provinces: Vec<String>,
    /// Terms of office (nhiệm kỳ) the document is about, in order of appearance: `2020-2025`.
    pub terms: Vec<String>,
    /// Place of issue, as on the place-and-date line.
    pub place: Option<String>,
    /// Date on the place-and-date line, as far as it is filled in.
    pub date: Option<PartialDate>,
    /// True if it is marked as a draft (dự thảo).
    pub draft: bool,
    /// Quality of the text as a whole.
    pub quality: Quality,
    /// Share 0..=1 of syllables that carry the marks they should.
    pub language_marks: f64,
}

/// A printed page of the source (trang).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// 1-based, by position; a printed number may differ.
    pub number: usize,
    /// Its bytes; pages follow one another without a gap.
    pub span: Span,
    /// Quality of its text.
    pub quality: Quality,
}

/// The unit that is indexed and returned (đoạn): a paragraph, list item, heading, note, table cell group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Id within the document: its first line, with `.2`, `.3` … for further ones on the same line.
    pub address: String,
    /// Its place in the document.
    pub place: Place,
    /// Its bytes: sorted, disjoint, more than one where a page break, notes or a ruler divide it. Blank lines
    /// between the lines of one paragraph belong to it.
    pub fragments: Vec<Span>,
    /// Index in [`Document::sections`] of the innermost section around it; a heading lies in its own.
    pub section: Option<usize>,
    /// Number of the page on which it begins.
    pub page: usize,
    /// Number on paper of the note, for place [`Place::Footnote`].
    pub footnote: Option<usize>,
    /// Bytes inside its fragments that are footnote marks, sorted: no part of a word or number.
    pub marks: Vec<Span>,
}

impl Passage {
    /// Returns the smallest span that holds all its fragments.
    #[must_use]
    pub fn extent(&self) -> Span {
        match (self.fragments.first(), self.fragments.last()) {
            (Some(first), Some(last)) => Span::new(first.start, last.end),
            _ => Span::default(),
        }
    }
}

named! {
    /// Place of a passage in its document.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "lowercase")]
    pub enum Place {
        /// Running text and list items.
        Body = "body",
        /// A heading.
        Heading = "heading",
        /// The body of a note.
        Footnote = "footnote",
        /// A row or cell group of a table.
        Table = "table",
        /// Letterhead, title, motto, signature, list of recipients.
        Header = "header",
    }
}

impl Place {
    /// Returns the words that people use for it: `chú thích`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Body => "nội dung",
            Self::Heading => "đề mục",
            Self::Footnote => "chú thích",
            Self::Table => "bảng",
            Self::Header => "phần thể thức",
        }
    }
}

/// A note (chú thích) and the place that calls it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footnote {
    /// The number on paper, also where the mark was misread. If a document numbers the notes of each page
    /// from 1, several have the same number; their records tell them apart by their order.
    pub number: usize,
    /// The mark before the body, as printed in the source; empty where it is lost.
    pub mark: Span,
    /// Indices in [`Document::passages`] of its paragraphs, at least one.
    pub passages: Vec<usize>,
    /// The word with the mark that calls the note (`"Đảng6,"`); `None` where none was found.
    pub anchor: Option<Anchor>,
    /// Number of the page it is printed on.
    pub page: usize,
}

/// The word and mark that call a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The word and the mark at its end, with the punctuation after it: `"Đảng6,"`.
    pub word: Span,
    /// The mark alone; empty where it is lost and the sequence of notes proves it.
    pub mark: Span,
    /// Index in [`Document::passages`] of the passage it is in.
    pub passage: usize,
}

/// Bytes that are no text of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Furniture {
    /// Its kind.
    pub kind: FurnitureKind,
    /// Its bytes.
    pub span: Span,
}

/// The kind of a piece of page furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FurnitureKind {
    /// A printed page number.
    PageNumber,
    /// A rule between text and notes, under a title, or made of `-`, `_`, `*`.
    Ruler,
    /// Blank lines, form feeds, byte order marks.
    Blank,
    /// The rest of a stamp, a seal or a stain: no reading makes words of it.
    Noise,
    /// A line that pages repeat at their top or foot, or that a browser or a signing program prints there.
    RunningHead,
    /// A line of a contents page (mục lục).
    Contents,
}
