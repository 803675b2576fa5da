//! Facets and their values as people read them, in the language of the page.

use std::collections::HashMap;

use super::language::Strings;
use crate::index::{Error, Facet, Index};
use crate::record::DocumentRecord;
use crate::render::terminal::documents::document_name;
use crate::search::facet_label;

/// What a facet is called.
pub(crate) const fn name(strings: &Strings, facet: Facet) -> &'static str {
    match facet {
        Facet::Document => strings.facet_document,
        Facet::Kind => strings.facet_kind,
        Facet::Province => strings.facet_province,
        Facet::Term => strings.facet_term,
        Facet::Section => strings.facet_section,
        Facet::Place => strings.facet_place,
        Facet::Cites => strings.facet_cites,
        Facet::Quality => strings.facet_quality,
    }
}

/// What a place in a document is called.
pub(crate) fn place_name<'v>(strings: &Strings, value: &'v str) -> &'v str {
    match value {
        "body" => strings.place_body,
        "heading" => strings.place_heading,
        "footnote" => strings.place_footnote,
        "table" => strings.place_table,
        "header" => strings.place_header,
        other => other,
    }
}

/// What a quality of text is called.
pub(crate) fn quality_name<'v>(strings: &Strings, value: &'v str) -> &'v str {
    match value {
        "clean" => strings.quality_clean,
        "unmarked" => strings.quality_unmarked,
        "ocr" => strings.quality_ocr,
        other => other,
    }
}

/// A value of a facet as people read it.
pub(crate) fn label(strings: &Strings, facet: Facet, value: &str, documents: &Documents<'_>) -> String {
    match facet {
        Facet::Document => {
            let known = documents.get(value).copied();
            let known = known.or_else(|| {
                documents
                    .values()
                    .find(|record| record.document.starts_with(value))
                    .copied()
            });
            known.map_or(value, |record| document_name(record)).to_owned()
        }
        Facet::Place => place_name(strings, value).to_owned(),
        Facet::Quality => quality_name(strings, value).to_owned(),
        _ => facet_label(facet, value),
    }
}

/// The documents of an index by their ids.
pub(crate) type Documents<'i> = HashMap<&'i str, &'i DocumentRecord>;

/// The name of the document `id`; the id where the index has it no more.
pub(crate) fn name_of<'n>(documents: &Documents<'n>, id: &'n str) -> &'n str {
    documents.get(id).map_or(id, |record| document_name(record))
}

/// The documents of an index.
///
/// # Errors
/// Those of [`Index::documents`].
pub(crate) fn documents(index: &Index) -> Result<Documents<'_>, Error> {
    Ok(index
        .documents()?
        .map(|record| (record.document.as_str(), record))
        .collect())
}
