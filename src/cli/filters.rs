//! Filter flags to filters.

use super::args::FilterArgs;
use crate::index::{Facet, Index};
use crate::query::Filters;
use crate::search::{self, Unusable};

/// The filters that flags ask for.
///
/// # Errors
/// A document that is not there or not the only one, and a value that can be none.
pub(super) fn parse(args: &FilterArgs, index: &Index) -> Result<Filters, Unusable> {
    let values: [(Facet, &[String]); 8] = [
        (Facet::Document, &args.document),
        (Facet::Kind, &args.kind),
        (Facet::Province, &args.province),
        (Facet::Term, &args.term),
        (Facet::Section, &args.section),
        (Facet::Place, &args.place),
        (Facet::Cites, &args.cites),
        (Facet::Quality, &args.quality),
    ];
    let chosen = values.into_iter().flat_map(|(facet, values)| {
        let values = values.iter();
        values.map(move |value| (facet, value.as_str()))
    });
    search::filters_of(index, chosen)
}

/// The facets with these names.
///
/// # Errors
/// A name that is none.
pub(super) fn facets(names: &[String]) -> Result<Vec<Facet>, Unusable> {
    search::facets_named(names.iter().map(String::as_str))
}
