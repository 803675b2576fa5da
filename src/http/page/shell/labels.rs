//! Names of facets and of their values, in the language of the page.

use super::documents::Documents;
use super::language::Strings;
use crate::document::Place;
use crate::reading::Quality;
use crate::record::{Facet, document_name};
use crate::search::facet_label;
use crate::text::Named;

/// Returns the name of a facet.
pub(crate) const fn facet_name(strings: &Strings, facet: Facet) -> &'static str {
    match facet {
        Facet::Document => strings.facet_document,
        Facet::Kind => strings.facet_kind,
        Facet::Province => strings.facet_province,
        Facet::Term => strings.facet_term,
        Facet::Section => strings.facet_section,
        Facet::Place => strings.facet_place,
        Facet::Cites => strings.facet_cites,
        Facet::Relation => strings.facet_relation,
        Facet::Quality => strings.facet_quality,
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

/// Returns the name of a facet value.
pub(crate) fn value_name(strings: &Strings, facet: Facet, value: &str, documents: &Documents<'_>) -> String {
    match facet {
        Facet::Document => documents.resolve(value).map_or(value, document_name).to_owned(),
        Facet::Place => Place::from_name(value)
            .map_or(value, |place| place_name(strings, place))
            .to_owned(),
        Facet::Quality => Quality::from_name(value)
            .map_or(value, |quality| quality_name(strings, quality))
            .to_owned(),
        _ => facet_label(facet, value),
    }
}
