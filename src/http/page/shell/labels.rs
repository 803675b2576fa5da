//! Names of facet values on a page, where a document has its title.

use super::documents::Documents;
use crate::record::{Facet, document_name};
use crate::render::language::Strings;
use crate::render::language::labels::value_label;

/// Returns the name of a facet value.
pub(crate) fn value_name(strings: &Strings, facet: Facet, value: &str, documents: &Documents<'_>) -> String {
    match facet {
        Facet::Document => documents.resolve(value).map_or(value, document_name).to_owned(),
        _ => value_label(strings, facet, value),
    }
}
