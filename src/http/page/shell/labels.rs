//! Names of facet values on a page, where a document has its title.

use super::documents::Documents;
use crate::record::{Facet, FilterName, document_name};
use crate::render::language::Strings;
use crate::render::language::labels::value_label;

/// Returns the name of the value of a filter; a date stays as it was typed.
pub(crate) fn filter_value_name(
    strings: &Strings,
    filter: FilterName,
    value: &str,
    documents: &Documents<'_>,
) -> String {
    match filter {
        FilterName::Facet(facet) => value_name(strings, facet, value, documents),
        FilterName::Date(_) => value.to_owned(),
    }
}

/// Returns the name of a facet value.
pub(crate) fn value_name(strings: &Strings, facet: Facet, value: &str, documents: &Documents<'_>) -> String {
    match facet {
        Facet::Document => documents.resolve(value).map_or(value, document_name).to_owned(),
        _ => value_label(strings, facet, value),
    }
}
