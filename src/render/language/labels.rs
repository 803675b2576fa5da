//! Names of facets, of their values and of the grounds for a date, in the language of the reader.

use super::{Lang, Strings, fill};
use crate::document::Place;
use crate::precedent::Distinctiveness;
use crate::proof::Verdict;
use crate::reading::Quality;
use crate::record::{DateEnd, Facet, FilterName};
use crate::register::{Basis, RegisteredDocument};
use crate::search::facet_label;
use crate::symbol::Kind;
use crate::text::Named;

/// Returns the name of a facet.
pub(crate) const fn facet_name(strings: &Strings, facet: Facet) -> &'static str {
    match facet {
        Facet::Document => strings.facet_document,
        Facet::Kind => strings.facet_kind,
        Facet::Issuer => strings.facet_issuer,
        Facet::Province => strings.facet_province,
        Facet::Term => strings.facet_term,
        Facet::Section => strings.facet_section,
        Facet::Place => strings.facet_place,
        Facet::Cites => strings.facet_cites,
        Facet::Relation => strings.facet_relation,
        Facet::CitedKind => strings.facet_cited_kind,
        Facet::Quality => strings.facet_quality,
    }
}

/// Returns the name of a filter.
pub(crate) const fn filter_name(strings: &Strings, filter: FilterName) -> &'static str {
    match filter {
        FilterName::Facet(facet) => facet_name(strings, facet),
        FilterName::Date(DateEnd::From) => strings.filter_from,
        FilterName::Date(DateEnd::To) => strings.filter_to,
    }
}

/// Returns the name of a place in a document.
pub(crate) const fn place_name(strings: &Strings, place: Place) -> &'static str {
    match place {
        Place::Body => strings.place_body,
        Place::Heading => strings.place_heading,
        Place::Footnote => strings.place_footnote,
        Place::Table => strings.place_table,
        Place::Header => strings.place_header,
    }
}

/// Returns the name of a quality of text.
pub(crate) const fn quality_name(strings: &Strings, quality: Quality) -> &'static str {
    match quality {
        Quality::Clean => strings.quality_clean,
        Quality::Unmarked => strings.quality_unmarked,
        Quality::Ocr => strings.quality_ocr,
    }
}

/// Returns the name of a facet value; the id of a document stays as it is.
pub(crate) fn value_label(strings: &Strings, facet: Facet, value: &str) -> String {
    match facet {
        Facet::Place => Place::from_name(value)
            .map_or(value, |place| place_name(strings, place))
            .to_owned(),
        Facet::Quality => Quality::from_name(value)
            .map_or(value, |quality| quality_name(strings, quality))
            .to_owned(),
        _ => facet_label(facet, value),
    }
}

/// Returns the ground for the date of a registered document.
pub(crate) fn ground(strings: &Strings, document: &RegisteredDocument) -> String {
    match (document.date, document.basis) {
        (None, _) => strings.date_unknown.to_owned(),
        (Some(_), _) if !document.certain => strings.date_unsure.to_owned(),
        (Some(_), Basis::Known) => strings.date_known.to_owned(),
        (Some(_), Basis::Office) => strings.date_of_office.to_owned(),
        (Some(_), Basis::Text) => fill(strings.date_of_texts, &[&document.sources]),
    }
}

/// Returns the name of a kind: its type word.
pub(crate) const fn kind_name(strings: &Strings, kind: Kind) -> &'static str {
    match kind {
        Kind::Other => strings.other_kind,
        kind => kind.label(),
    }
}

/// The Vietnamese titles of the columns of tables on a terminal, by their names in files.
const COLUMN_TITLES: [(&str, &str); 17] = [
    ("cited", "văn bản"),
    ("kind", "loại"),
    ("count", "số lần"),
    ("documents", "số văn bản"),
    ("footnotes", "chú thích"),
    ("in", "tại"),
    ("terms", "nhiệm kỳ"),
    ("sections", "mục"),
    ("dates", "ngày"),
    ("subject", "trích yếu"),
    ("document", "văn bản"),
    ("stands in", "có trong"),
    ("syllables", "số chữ"),
    ("phrase", "câu chữ"),
    ("first", "đầu tiên"),
    ("date", "ngày"),
    ("percent", "%"),
];

/// Returns the title of a column on a terminal: its name in English, or its Vietnamese title if it has one.
pub(crate) fn column_title(lang: Lang, name: &str) -> &str {
    let title = COLUMN_TITLES.iter().find(|(column, _)| *column == name);
    match (lang, title) {
        (Lang::Vi, Some((_, title))) => title,
        _ => name,
    }
}

/// Returns the name of a verdict on a citation of a draft.
pub(crate) const fn verdict_name(strings: &Strings, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agrees => strings.verdict_agrees,
        Verdict::Unknown => strings.verdict_unknown,
        Verdict::Ambiguous => strings.verdict_ambiguous,
        Verdict::Malformed => strings.verdict_malformed,
        Verdict::TwoNames => strings.verdict_two_names,
        Verdict::Replaced => strings.verdict_replaced,
        Verdict::Future => strings.verdict_future,
        Verdict::Differs => strings.verdict_differs,
    }
}

/// Returns the degree to which shared wording tells one text from others, for people.
pub(crate) const fn distinctiveness_name(strings: &Strings, degree: Distinctiveness) -> &'static str {
    match degree {
        Distinctiveness::SetPhrase => strings.set_phrase,
        Distinctiveness::Ordinary => strings.ordinary,
        Distinctiveness::Telling => strings.telling,
    }
}

/// Returns a symbol for display. An ellipsis marks digits that are missing in the source: `…-BC/ĐU`.
pub(crate) fn symbol_text(number: &str) -> String {
    if number.starts_with(['-', '/']) {
        format!("…{number}")
    } else {
        number.to_owned()
    }
}
