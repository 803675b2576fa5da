//! Filters to clauses of the engine's query: the values of one facet are OR-ed, different facets AND-ed.

use std::collections::{HashMap, HashSet};
use std::ops::Bound;

use tantivy::collector::DocSetCollector;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, Occur, Query as EngineQuery, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::forward_only::ForwardOnly;
use super::plan::{Clause, joined};
use super::unknown_values::unknown_value;
use super::value_terms::{typed_values, usual_value};
use crate::citation::Relation;
use crate::document::PartialDate;
use crate::index::{Error, Index, ORDER_FIELD, citation_term};
use crate::query::{Diagnostic, Filters, Oddity};
use crate::record::Facet;
use crate::symbol::Kind;
use crate::text::Named as _;

/// The facets that are properties of one citation; filters by several of them mean the same citation.
const OF_CITATION: [Facet; 3] = [Facet::Cites, Facet::Relation, Facet::CitedKind];

/// Filters as the engine's queries, one for the values of each facet, so that a facet can be counted without its own, and
/// one for each end of the range of dates.
pub(super) struct Restriction {
    /// Each with the facet of its values; `None` for dates.
    clauses: Vec<(Option<Facet>, Occur, Box<dyn EngineQuery>)>,
    /// The passages with a citation that has several of the properties asked for, as each clause alone lets pass what cites
    /// one document and refers to another so: without the values of the facet beside it, which may be none.
    related: Vec<(Option<Facet>, Box<dyn EngineQuery>)>,
}

impl Restriction {
    /// Returns the restriction to `filters`. A value that no passage has is an oddity.
    pub(super) fn of(index: &Index, filters: &Filters, diagnostics: &mut Vec<Diagnostic>) -> Result<Self, Error> {
        let mut clauses = Vec::new();
        for (facet, values) in filters.required() {
            clauses.push((Some(facet), Occur::Must, any_of(index, facet, values, diagnostics)?));
        }
        for (facet, values) in filters.excluded() {
            let excluded = ForwardOnly(any_of(index, facet, values, diagnostics)?);
            clauses.push((Some(facet), Occur::MustNot, Box::new(excluded)));
        }
        clauses.extend(date_clauses(index, filters).map(|clause| (None, Occur::Must, clause)));
        diagnostics.extend(
            filters
                .empty_range()
                .map(|(from, to)| Diagnostic::whole(Oddity::EmptyRange { from, to })),
        );
        let mut related = Vec::new();
        for without in OF_CITATION.map(Some).into_iter().chain([None]) {
            related.extend(same_citation(index, filters, without)?.map(|clause| (without, clause)));
        }
        Ok(Self { clauses, related })
    }

    /// Restricts the query of these clauses; the score stays theirs. Values asked for of the facet `without` do not
    /// restrict; excluded values of it do.
    pub(super) fn restrict(&self, mut clauses: Vec<Clause>, without: Option<Facet>) -> Box<dyn EngineQuery> {
        let applied = self
            .clauses
            .iter()
            .filter(|(facet, occur, _)| facet.is_none() || *facet != without || *occur == Occur::MustNot);
        clauses.extend(applied.map(|(_, occur, query)| (*occur, query.box_clone())));
        let without = without.filter(|facet| OF_CITATION.contains(facet));
        let related = self.related.iter().filter(|(of, _)| *of == without);
        clauses.extend(related.map(|(_, query)| (Occur::Must, query.box_clone())));
        joined(clauses)
    }

    /// Returns the engine's query for all passages that pass, but for the values asked for of the facet `without`.
    pub(super) fn passages(&self, without: Option<Facet>) -> Box<dyn EngineQuery> {
        self.restrict(vec![(Occur::Must, all_passages())], without)
    }

    /// Returns true if values of `facet` are asked for.
    pub(super) fn requires(&self, facet: Facet) -> bool {
        self.clauses
            .iter()
            .any(|(of, occur, _)| *of == Some(facet) && *occur == Occur::Must)
    }

    /// Returns true if no filter is left when the values asked for of the facet `without` are ignored.
    pub(super) fn is_empty(&self, without: Option<Facet>) -> bool {
        self.clauses
            .iter()
            .all(|(facet, occur, _)| facet.is_some() && *facet == without && *occur == Occur::Must)
    }
}

/// The engine's query for all passages, with score 0.
pub(super) fn all_passages() -> Box<dyn EngineQuery> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}

/// The passages that pass filters, found without reading any of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedPassages {
    /// Positions of the passages in their document, by its id.
    by_document: HashMap<String, HashSet<usize>>,
    /// Oddities of the filters: values that no passage has.
    pub diagnostics: Vec<Diagnostic>,
}

impl AllowedPassages {
    /// Returns the passages of `index` that pass `filters`.
    ///
    /// # Errors
    /// [`Error::Damaged`], [`Error::Engine`], [`Error::Io`].
    pub fn of(index: &Index, filters: &Filters) -> Result<Self, Error> {
        let mut allowed = Self::default();
        let query = Restriction::of(index, filters, &mut allowed.diagnostics)?.passages(None);
        let found = index.guard(|| index.searcher().search(&query, &DocSetCollector))?;
        let mut addresses: Vec<DocAddress> = found.into_iter().collect();
        addresses.sort_unstable();
        for of_segment in addresses.chunk_by(|one, other| one.segment_ord == other.segment_ord) {
            index.guard(|| allowed.add_segment(index, of_segment))?;
        }
        Ok(allowed)
    }

    /// Adds the passages at `addresses`, all of one segment.
    fn add_segment(&mut self, index: &Index, addresses: &[DocAddress]) -> tantivy::Result<()> {
        let Some(first) = addresses.first() else {
            return Ok(());
        };
        let columns = index.searcher().segment_reader(first.segment_ord).fast_fields();
        let Some(documents) = columns.str(Facet::Document.name())? else {
            return Ok(());
        };
        let orders = columns.u64(ORDER_FIELD)?;
        // Grouped by the engine's number of a document first, so that the id of each is read once.
        let mut by_ordinal: HashMap<u64, HashSet<usize>> = HashMap::new();
        for address in addresses {
            for ordinal in documents.term_ords(address.doc_id) {
                let order = orders.first(address.doc_id);
                let passages = by_ordinal.entry(ordinal).or_default();
                passages.extend(order.and_then(|order| usize::try_from(order).ok()));
            }
        }
        for (ordinal, passages) in by_ordinal {
            let mut id = String::new();
            if documents.ord_to_str(ordinal, &mut id)? {
                self.by_document.entry(id).or_default().extend(passages);
            }
        }
        Ok(())
    }

    /// Returns true if some passage of `document` passes.
    #[must_use]
    pub fn has_any(&self, document: &str) -> bool {
        self.by_document.contains_key(document)
    }

    /// Returns true if the passage at position `order` of `document` passes.
    #[must_use]
    pub fn has(&self, document: &str, order: usize) -> bool {
        self.by_document
            .get(document)
            .is_some_and(|passages| passages.contains(&order))
    }
}

/// Returns the engine's query for the passages with one of `values`.
fn any_of(
    index: &Index,
    facet: Facet,
    values: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Box<dyn EngineQuery>, Error> {
    let mut terms = Vec::new();
    for value in values {
        for value in typed_values(index, facet, value)? {
            if value.terms.is_empty() {
                let unknown = unknown_value(index, facet, &value.typed)?;
                diagnostics.push(Diagnostic::whole(Oddity::NoSuchValue(unknown)));
            }
            terms.extend(value.terms);
        }
    }
    let query: Box<dyn EngineQuery> = match terms.len() {
        1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::Basic)),
        // Only `cites` can mix fields: a symbol in another writing is looked up among the symbols.
        _ if terms.iter().all(|term| term.field() == index.fields().facet(facet)) => Box::new(TermSetQuery::new(terms)),
        _ => Box::new(BooleanQuery::new_multiterms_query(terms)),
    };
    Ok(Box::new(ConstScoreQuery::new(query, 0.0)))
}

/// Returns the engine's queries for the documents in the range of dates, one for each end: one day that the document may
/// be of is enough.
fn date_clauses(index: &Index, filters: &Filters) -> impl Iterator<Item = Box<dyn EngineQuery>> {
    let [first_day, last_day] = index.fields().days;
    let (from, to) = filters.dates();
    let bound = |field, day: PartialDate| Bound::Included(Term::from_field_u64(field, day.number()));
    let from = from.map(|from| (bound(last_day, from.first_day()), Bound::Unbounded));
    let to = to.map(|to| (Bound::Unbounded, bound(first_day, to.last_day())));
    from.into_iter()
        .chain(to)
        .map(|(lower, upper)| -> Box<dyn EngineQuery> {
            Box::new(ConstScoreQuery::new(Box::new(RangeQuery::new(lower, upper)), 0.0))
        })
}

/// Returns the engine's query for the passages with a citation that has a value asked for of each of [`OF_CITATION`] but
/// `without`; `None` unless values of at least two of them are asked for.
fn same_citation(
    index: &Index,
    filters: &Filters,
    without: Option<Facet>,
) -> Result<Option<Box<dyn EngineQuery>>, Error> {
    let asked = |facet: Facet| {
        let mut required = filters
            .required()
            .filter(|(of, _)| *of == facet && Some(facet) != without);
        required.next().map(|(_, values)| values)
    };
    if OF_CITATION.into_iter().filter_map(asked).count() < 2 {
        return Ok(None);
    }
    let relations = named_values(index, Facet::Relation, asked(Facet::Relation), Relation::from_name)?;
    let kinds = named_values(index, Facet::CitedKind, asked(Facet::CitedKind), Kind::from_name)?;
    let mut cited: Vec<Option<String>> = Vec::new();
    match asked(Facet::Cites) {
        None => cited.push(None),
        Some(values) => {
            for value in values {
                for value in typed_values(index, Facet::Cites, value)? {
                    let terms = value.terms.iter();
                    cited.extend(terms.map(|term| Some(term.value().as_str().unwrap_or_default().to_owned())));
                }
            }
        }
    }
    let field = index.fields().related;
    let mut terms = Vec::new();
    for &relation in &relations {
        for &kind in &kinds {
            let term = |cited: &Option<String>| citation_term(relation, kind, cited.as_deref());
            terms.extend(cited.iter().map(|cited| Term::from_field_text(field, &term(cited))));
        }
    }
    Ok(Some(Box::new(ConstScoreQuery::new(
        Box::new(TermSetQuery::new(terms)),
        0.0,
    ))))
}

/// Returns the values of an enumeration that the filter by `facet` asks for; `None` alone if it does not ask.
fn named_values<N>(
    index: &Index,
    facet: Facet,
    asked: Option<&[String]>,
    from_name: fn(&str) -> Option<N>,
) -> Result<Vec<Option<N>>, Error> {
    let Some(asked) = asked else {
        return Ok(vec![None]);
    };
    let mut named = Vec::new();
    for value in asked {
        let typed = typed_values(index, facet, value)?;
        let usual = typed.iter().filter_map(|value| usual_value(facet, &value.typed));
        named.extend(usual.filter_map(|name| from_name(&name)).map(Some));
    }
    Ok(named)
}
