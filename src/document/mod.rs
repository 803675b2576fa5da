//! A file's text and its reading to a [`Document`]; parsing never fails and loses nothing.
//!
//! A document (văn kiện) is plain data: spans into the one text of its file. Each byte of the file lies in
//! exactly one [`Passage`] (body, heading, footnote, table cell, header) or named piece of
//! [`Furniture`]. What is read out of damaged text comes from the repaired reading, and is
//! addressed in the source.
//!
//! A document knows no citations, files or index.

mod anchor;
mod block;
mod date;
mod footnote;
mod heading;
mod keyword;
mod label;
mod layout;
mod metadata;
mod parse;
pub mod place;
mod section;
mod table;

use serde::{Deserialize, Serialize};

pub use date::PartialDate;
pub use parse::parse;

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
    /// What is known about the document as a whole.
    pub metadata: Metadata,
    /// In order; the first begins at byte 0. Never empty once parsed.
    pub pages: Vec<Page>,
    /// In order of their headings; parents before children. The first is the unheaded introduction,
    /// where the document has one.
    pub sections: Vec<Section>,
    /// In order of their first byte.
    pub passages: Vec<Passage>,
    /// In order of their pages, and on each in order of their numbers.
    pub footnotes: Vec<Footnote>,
    /// In order of their first byte.
    pub furniture: Vec<Furniture>,
}

/// What is known about a document as a whole. Strings are readings (repaired where the text is damaged).
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
    /// One of today's 34 provinces (see [`place`]).
    pub province: Option<String>,
    /// Provinces before the merger of 2025 that the text speaks of: `Sóc Trăng`, `Cần Thơ (cũ)`.
    pub former_provinces: Vec<String>,
    /// Terms of office (nhiệm kỳ) the document is about, in order of appearance: `2020-2025`.
    pub terms: Vec<String>,
    /// Where it was issued, as on the place-and-date line.
    pub place: Option<String>,
    /// Date on the place-and-date line, as far as it is filled in.
    pub date: Option<PartialDate>,
    /// Is it marked as a draft (dự thảo)?
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

/// A headed part (mục), nested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Position in the tree, 1-based at each level: `[1, 2, 3]` is shown as `§1.2.3`.
    pub path: Vec<usize>,
    /// Index in [`Document::sections`] of the section around it.
    pub parent: Option<usize>,
    /// Label as printed once repaired: `PHẦN I`, `II-`, `2.3.`, `PHỤ LỤC 2`, `*`; empty for none.
    pub label: String,
    /// Title in its repaired reading, lines joined; empty for the introduction.
    pub title: String,
    /// What it is about.
    pub kind: SectionKind,
    /// Term of office that it is about, its own or inherited: `2020-2025`.
    pub term: Option<String>,
    /// 1-based number of the page on which it begins.
    pub page: usize,
    /// Index in [`Document::passages`] of its heading; `None` for the introduction.
    pub heading: Option<usize>,
    /// Bytes from its heading to the next section that is not inside it.
    pub span: Span,
}

impl Section {
    /// Depth in the tree, 1 for the outermost.
    #[must_use]
    pub fn level(&self) -> usize {
        self.path.len()
    }
}

named! {
    /// Subject of a section, after the outline that every party report follows. A heading that names several
    /// has the first of them in this order.
    #[derive(
        Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
    )]
    #[serde(rename_all = "kebab-case")]
    pub enum SectionKind {
        /// mở đầu: introduction
        MoDau = "mo-dau",
        /// kết quả: results
        KetQua = "ket-qua",
        /// ưu điểm: strengths
        UuDiem = "uu-diem",
        /// hạn chế: shortcomings
        HanChe = "han-che",
        /// nguyên nhân: causes
        NguyenNhan = "nguyen-nhan",
        /// bài học: lessons learnt
        BaiHoc = "bai-hoc",
        /// bối cảnh: background
        BoiCanh = "boi-canh",
        /// quan điểm: viewpoints
        QuanDiem = "quan-diem",
        /// mục tiêu: aims
        MucTieu = "muc-tieu",
        /// chỉ tiêu: targets
        ChiTieu = "chi-tieu",
        /// nhiệm vụ: tasks
        NhiemVu = "nhiem-vu",
        /// giải pháp: measures
        GiaiPhap = "giai-phap",
        /// đột phá: breakthroughs
        DotPha = "dot-pha",
        /// tổ chức thực hiện: carrying it out
        ToChucThucHien = "to-chuc-thuc-hien",
        /// kết luận: conclusion
        KetLuan = "ket-luan",
        /// phụ lục: appendix
        PhuLuc = "phu-luc",
        /// nơi nhận: recipients
        NoiNhan = "noi-nhan",
        /// khác: none of these
        #[default]
        Khac = "khac",
    }
}

impl SectionKind {
    /// The words people use: `Kết quả`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::MoDau => "Mở đầu",
            Self::KetQua => "Kết quả",
            Self::UuDiem => "Ưu điểm",
            Self::HanChe => "Hạn chế",
            Self::NguyenNhan => "Nguyên nhân",
            Self::BaiHoc => "Bài học",
            Self::BoiCanh => "Bối cảnh",
            Self::QuanDiem => "Quan điểm",
            Self::MucTieu => "Mục tiêu",
            Self::ChiTieu => "Chỉ tiêu",
            Self::NhiemVu => "Nhiệm vụ",
            Self::GiaiPhap => "Giải pháp",
            Self::DotPha => "Đột phá",
            Self::ToChucThucHien => "Tổ chức thực hiện",
            Self::KetLuan => "Kết luận",
            Self::PhuLuc => "Phụ lục",
            Self::NoiNhan => "Nơi nhận",
            Self::Khac => "Khác",
        }
    }
}

/// The unit that is indexed and returned (đoạn): a paragraph, list item, heading, note, table cell group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Id within the document: its first line, with `.2`, `.3` … for further ones on the same line.
    pub address: String,
    /// Where in the document it stands.
    pub place: Place,
    /// Its bytes: sorted, disjoint, more than one where a page break, notes or a ruler stand
    /// between. Blank lines between the lines of one paragraph belong to it.
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
    /// The least span that holds all its fragments.
    #[must_use]
    pub fn extent(&self) -> Span {
        match (self.fragments.first(), self.fragments.last()) {
            (Some(first), Some(last)) => Span::new(first.start, last.end),
            _ => Span::default(),
        }
    }
}

named! {
    /// Where in a document a passage stands.
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

/// A note (chú thích) and the place that calls it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footnote {
    /// As on paper, also where the mark was misread. Where a document numbers the notes of each page from 1,
    /// several have the same number; their records tell them apart by their order.
    pub number: usize,
    /// The mark before the body, as it stands in the source; empty where it is lost.
    pub mark: Span,
    /// Indices in [`Document::passages`] of its paragraphs, at least one.
    pub passages: Vec<usize>,
    /// The word with the mark that calls the note (`"Đảng6,"`); `None` where none was found.
    pub anchor: Option<Anchor>,
    /// Number of the page it stands on.
    pub page: usize,
}

/// What calls a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The word and the mark at its end, with the punctuation behind it: `"Đảng6,"`.
    pub word: Span,
    /// The mark alone; empty where it is lost and the sequence of notes proves it.
    pub mark: Span,
    /// Index in [`Document::passages`] of the passage it stands in.
    pub passage: usize,
}

/// Bytes that are no text of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Furniture {
    /// What it is.
    pub kind: FurnitureKind,
    /// Its bytes.
    pub span: Span,
}

/// What a piece of page furniture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FurnitureKind {
    /// A printed page number.
    PageNumber,
    /// A rule between text and notes, under a title, or made of `-`, `_`, `*`.
    Ruler,
    /// Blank lines, form feeds, byte order marks.
    Blank,
    /// What is left of a stamp, a seal or a stain: no reading makes words of it.
    Noise,
}
