//! Facets: the properties that passages are filtered and counted by.

use std::fmt;

use super::{DocumentRecord, PassageRecord};
use crate::document::SectionKind;
use crate::text::named;

named! {
    /// A property that passages are filtered and counted by. The query language, the command line and URLs use the
    /// same names.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Facet {
        /// The document: its id, or an unambiguous beginning of it.
        Document = "document",
        /// The kind of document (thể loại): `báo cáo chính trị`.
        Kind = "kind",
        /// The issuer of the document (cơ quan ban hành): `Tỉnh ủy Cà Mau`.
        Issuer = "issuer",
        /// Provinces, with the former ones under those of today: `Cần Thơ`, `Cần Thơ/Sóc Trăng`.
        Province = "province",
        /// The term of office: `2020-2025`.
        Term = "term",
        /// The kinds of the sections around: `ket-qua`, `han-che`, and nested `ket-qua/han-che`.
        Section = "section",
        /// The part of the document: `body`, `footnote`, …
        Place = "place",
        /// The cited documents, by symbol or name.
        Cites = "cites",
        /// The acts by which the passage refers to the documents that it cites: `thuc-hien`, `thay-the`, …
        Relation = "relation",
        /// The kinds of the cited documents: `nghi-quyet`, `ket-luan`, …
        CitedKind = "cited-kind",
        /// The quality of the text: `clean`, `unmarked`, `ocr`.
        Quality = "quality",
    }
}

impl Facet {
    /// Returns the help text of a filter by this facet: one English sentence with a full stop.
    #[must_use]
    pub const fn filter_help(self) -> &'static str {
        match self {
            Self::Document => "Only in this document: its id, or an unambiguous beginning of it.",
            Self::Kind => "Only in documents of this type (`báo cáo`, `kế hoạch`).",
            Self::Issuer => "Only in documents of this issuer: its name, or words of it in order (`tỉnh ủy`).",
            Self::Province => "Only of this province, of today or before the merger of 2025.",
            Self::Term => "Only about this term of office, nhiệm kỳ (`2020-2025`).",
            Self::Section => "Only in sections of this kind (`han-che`, `ket-qua/nguyen-nhan`).",
            Self::Place => "Only in this part of a document.",
            Self::Cites => "Only passages that cite this document (`21-NQ/TW`).",
            Self::Relation => "Only passages that refer to a cited document so; with `cites`, to that document.",
            Self::CitedKind => {
                "Only passages that cite a document of this kind; with `cites` and `relation`, in the same citation."
            }
            Self::Quality => "Only in documents of this quality.",
        }
    }

    /// Returns true if its values are nested, with `/` between the parts.
    #[must_use]
    pub const fn is_nested(self) -> bool {
        matches!(self, Self::Province | Self::Section)
    }

    /// Returns its values for a passage of `document`: without duplicates, outer ones before inner ones, perhaps none.
    #[must_use]
    pub fn values(self, document: &DocumentRecord, passage: &PassageRecord) -> Vec<String> {
        match self {
            Self::Document => vec![passage.document.clone()],
            Self::Kind => document.kind.iter().cloned().collect(),
            Self::Issuer => document.issuer.iter().cloned().collect(),
            Self::Province => provinces(document, passage),
            Self::Term => passage.term.iter().cloned().collect(),
            Self::Section => sections(passage),
            Self::Place => vec![passage.place.name().to_owned()],
            Self::Cites => passage.citations.clone(),
            Self::Relation => passage
                .relations
                .iter()
                .map(|relation| relation.name().to_owned())
                .collect(),
            Self::CitedKind => passage.cited_kinds.iter().map(|kind| kind.name().to_owned()).collect(),
            Self::Quality => vec![document.quality.name().to_owned()],
        }
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Returns the provinces of the document and of the passage, and the former provinces of the document under its own.
fn provinces(document: &DocumentRecord, passage: &PassageRecord) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for province in document.province.iter().chain(&passage.provinces) {
        push_once(&mut values, province.clone());
    }
    for former in &document.former_provinces {
        let value = match &document.province {
            Some(today) => format!("{today}/{former}"),
            None => former.clone(),
        };
        push_once(&mut values, value);
    }
    values
}

/// Returns the kinds of the sections around the passage, each alone and as a path. `khac` means any other kind, so it
/// counts only if there is no kind beside it.
///
/// A kind alone matches at any depth: `section:han-che` finds the passages that `han-che` counts.
fn sections(passage: &PassageRecord) -> Vec<String> {
    let kinds = passage.section_kinds.iter();
    let mut path: Vec<&str> = kinds
        .filter(|kind| **kind != SectionKind::Khac)
        .map(|kind| kind.name())
        .collect();
    path.dedup();
    if path.is_empty() {
        let other = passage.section_kinds.first();
        return other.map(|kind| kind.name().to_owned()).into_iter().collect();
    }
    let mut values = Vec::new();
    for kind in &path {
        push_once(&mut values, (*kind).to_owned());
    }
    for depth in 2..=path.len() {
        push_once(&mut values, path[..depth].join("/"));
    }
    values
}

/// Appends `value` unless it is there.
fn push_once(values: &mut Vec<String>, value: String) {
    if !values.contains(&value) {
        values.push(value);
    }
}
