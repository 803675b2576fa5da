//! Filter flags to filters, with what is allowed told where a value is none.

use std::collections::HashSet;

use anyhow::bail;

use super::args::FilterArgs;
use crate::document::{Place, SectionKind};
use crate::index::{Facet, Index};
use crate::query::{Filters, Query};
use crate::reading::Quality;
use crate::search::{self, Options};

/// The filters that flags ask for.
///
/// # Errors
/// A document that is not there or not the only one, and a value that can be none.
pub(super) fn parse(args: &FilterArgs, index: &Index) -> anyhow::Result<Filters> {
    let mut filters = Filters::default();
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
    for (facet, values) in values {
        for value in values {
            let value = match facet {
                Facet::Document => index.resolve_id(value)?.to_owned(),
                _ => value.clone(),
            };
            allowed(facet, &value)?;
            filters.add(facet, value);
        }
    }
    Ok(filters)
}

/// The facets with these names.
///
/// # Errors
/// A name that is none.
pub(super) fn facets(names: &[String]) -> anyhow::Result<Vec<Facet>> {
    let mut facets = Vec::new();
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let Some(facet) = Facet::from_name(name) else {
            bail!(
                "there is no facet '{name}'; there are {}",
                names_of(Facet::ALL.map(Facet::name))
            );
        };
        facets.push(facet);
    }
    Ok(facets)
}

/// Refuses a value that no passage can ever have.
fn allowed(facet: Facet, value: &str) -> anyhow::Result<()> {
    let known: Vec<&str> = match facet {
        Facet::Place => Place::ALL.map(Place::name).to_vec(),
        Facet::Quality => [Quality::Clean, Quality::Unmarked, Quality::Ocr]
            .map(Quality::name)
            .to_vec(),
        Facet::Section => SectionKind::ALL.map(SectionKind::name).to_vec(),
        _ => return Ok(()),
    };
    let parts: Vec<&str> = if facet.is_nested() {
        value.split('/').collect()
    } else {
        vec![value]
    };
    for part in parts {
        if !known.iter().any(|known| known.eq_ignore_ascii_case(part)) {
            bail!("there is no {facet} '{part}'; there are {}", names_of(known));
        }
    }
    Ok(())
}

fn names_of<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// `filters`, or those that everything passes where there are none: an empty question has no answer.
pub(super) fn or_everything(filters: Filters) -> Filters {
    if filters.is_empty() {
        Filters::everywhere()
    } else {
        filters
    }
}

/// Ids of the documents with a passage that passes `filters`.
pub(super) fn documents(index: &Index, filters: &Filters) -> anyhow::Result<HashSet<String>> {
    if filters.is_empty() {
        return Ok(index.documents()?.map(|record| record.document.clone()).collect());
    }
    let options = Options {
        limit: 0,
        facets: vec![Facet::Place, Facet::Document],
        ..Options::default()
    };
    // A facet does not restrict itself, so the documents asked for are taken out by hand.
    let asked: Vec<String> = filters
        .required()
        .filter(|(facet, _)| *facet == Facet::Document)
        .flat_map(|(_, ids)| ids.to_vec())
        .collect();
    let results = search::search(index, &Query::default(), filters, &options)?;
    let counts = results
        .facets
        .into_iter()
        .find(|counts| counts.facet == Facet::Document);
    let found = counts
        .into_iter()
        .flat_map(|counts| counts.values)
        .map(|value| value.value);
    Ok(found.filter(|id| asked.is_empty() || asked.contains(id)).collect())
}
