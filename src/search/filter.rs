//! Filters to clauses of the engine's query: the values of one facet are OR-ed, different facets AND-ed.

use std::collections::{HashMap, HashSet};

use tantivy::collector::DocSetCollector;
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur, Query as EngineQuery, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::forward_only::ForwardOnly;
use crate::citation::Relation;
use crate::index::{Error, Index, ORDER_FIELD, relation_term};
use crate::query::{Diagnostic, Filters, Oddity};
use crate::record::Facet;
use crate::symbol::canonical_symbol;
use crate::text::{Named as _, fold};

/// Filters as the engine's queries, one for the values of each facet, so that a facet can be counted without its own.
pub(super) struct Restriction {
    clauses: Vec<(Facet, Occur, Box<dyn EngineQuery>)>,
    /// The passages that refer to one of the documents asked for in one of the ways asked for, if both were: each clause
    /// alone lets pass what cites one document and refers to another so.
    related: Option<Box<dyn EngineQuery>>,
}

impl Restriction {
    /// Returns the restriction to `filters`. A value that no passage has is an oddity.
    pub(super) fn of(index: &Index, filters: &Filters, diagnostics: &mut Vec<Diagnostic>) -> Result<Self, Error> {
        let mut clauses = Vec::new();
        for (facet, values) in filters.required() {
            clauses.push((facet, Occur::Must, any_of(index, facet, values, diagnostics)?));
        }
        for (facet, values) in filters.excluded() {
            let excluded = ForwardOnly(any_of(index, facet, values, diagnostics)?);
            clauses.push((facet, Occur::MustNot, Box::new(excluded)));
        }
        let related = related(index, filters)?;
        Ok(Self { clauses, related })
    }

    /// Restricts `query`; the score stays that of `query`. Values asked for of the facet `without` do not restrict;
    /// excluded values of it do.
    pub(super) fn restrict(&self, query: Box<dyn EngineQuery>, without: Option<Facet>) -> BooleanQuery {
        let applied = self
            .clauses
            .iter()
            .filter(|(facet, occur, _)| Some(*facet) != without || *occur == Occur::MustNot);
        let mut clauses = vec![(Occur::Must, query)];
        clauses.extend(applied.map(|(_, occur, query)| (*occur, query.box_clone())));
        if !matches!(without, Some(Facet::Cites | Facet::Relation)) {
            clauses.extend(self.related.iter().map(|query| (Occur::Must, query.box_clone())));
        }
        BooleanQuery::new(clauses)
    }

    /// Returns the engine's query for all passages that pass, but for the values asked for of the facet `without`.
    pub(super) fn passages(&self, without: Option<Facet>) -> BooleanQuery {
        self.restrict(all_passages(), without)
    }

    /// Returns true if values of `facet` are asked for.
    pub(super) fn requires(&self, facet: Facet) -> bool {
        self.clauses
            .iter()
            .any(|(of, occur, _)| *of == facet && *occur == Occur::Must)
    }

    /// Returns true if no filter is left when the values asked for of the facet `without` are ignored.
    pub(super) fn is_empty(&self, without: Option<Facet>) -> bool {
        self.clauses
            .iter()
            .all(|(facet, occur, _)| Some(*facet) == without && *occur == Occur::Must)
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
        let found = terms_of(index, facet, value)?;
        if found.is_empty() {
            let value = value.clone();
            diagnostics.push(Diagnostic::whole(Oddity::NoSuchValue { facet, value }));
        }
        terms.extend(found);
    }
    let query: Box<dyn EngineQuery> = match terms.len() {
        1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::Basic)),
        // Only `cites` can mix fields; see `terms_of`.
        _ if terms.iter().all(|term| term.field() == index.fields().facet(facet)) => Box::new(TermSetQuery::new(terms)),
        _ => Box::new(BooleanQuery::new_multiterms_query(terms)),
    };
    Ok(Box::new(ConstScoreQuery::new(query, 0.0)))
}

/// Returns the engine's query for the passages that refer to one of the required documents in one of the required ways;
/// `None` unless both are required.
fn related(index: &Index, filters: &Filters) -> Result<Option<Box<dyn EngineQuery>>, Error> {
    let required = |facet: Facet| {
        filters
            .required()
            .find(|(of, _)| *of == facet)
            .map(|(_, values)| values)
    };
    let (Some(cited), Some(relations)) = (required(Facet::Cites), required(Facet::Relation)) else {
        return Ok(None);
    };
    let mut terms = Vec::new();
    for value in cited {
        for cited in terms_of(index, Facet::Cites, value)? {
            let cited = cited.value().as_str().map(str::to_owned).unwrap_or_default();
            let relations = relations.iter().filter_map(|name| Relation::from_name(name));
            let term = |relation| relation_term(relation, &cited);
            terms.extend(relations.map(|relation| Term::from_field_text(index.fields().related, &term(relation))));
        }
    }
    Ok(Some(Box::new(ConstScoreQuery::new(
        Box::new(TermSetQuery::new(terms)),
        0.0,
    ))))
}

/// Returns the terms that `value` stands for and that some passage has.
fn terms_of(index: &Index, facet: Facet, value: &str) -> Result<Vec<Term>, Error> {
    let field = index.fields().facet(facet);
    let term = |text: &str| Term::from_field_text(field, text);
    let folded = fold(value.trim());
    let mut terms = match facet {
        Facet::Document => documents(index, &folded)?.iter().map(|id| term(id)).collect(),
        Facet::Term => vec![term(&without_blanks(&folded))],
        Facet::Section => vec![term(&nested(&folded).replace(' ', "-"))],
        Facet::Province => vec![term(&nested(&folded))],
        Facet::Kind => vec![term(&folded), term(&folded.replace('-', " "))],
        Facet::Place | Facet::Quality | Facet::Cites | Facet::Relation => vec![term(&folded)],
    };
    terms.dedup();
    retain_present(index, &mut terms)?;
    // `57/NQ-TW` is no value of the facet, but the same symbol as `57-NQ/TW`, which is.
    if terms.is_empty()
        && facet == Facet::Cites
        && let Some(canonical) = canonical_symbol(value)
    {
        terms.push(Term::from_field_text(index.fields().symbol, &canonical));
        retain_present(index, &mut terms)?;
    }
    Ok(terms)
}

/// Retains the terms that some passage has.
fn retain_present(index: &Index, terms: &mut Vec<Term>) -> Result<(), Error> {
    let mut present = Vec::with_capacity(terms.len());
    for term in terms.drain(..) {
        if index.guard(|| index.searcher().doc_freq(&term))? > 0 {
            present.push(term);
        }
    }
    *terms = present;
    Ok(())
}

/// Returns the folded id of the document `folded`, or else the ids that begin with it.
fn documents(index: &Index, folded: &str) -> Result<Vec<String>, Error> {
    let mut ids: Vec<String> = index.documents()?.map(|document| fold(&document.document)).collect();
    ids.retain(|id| !folded.is_empty() && id.starts_with(folded));
    Ok(if ids.iter().any(|id| id == folded) {
        vec![folded.to_owned()]
    } else {
        ids
    })
}

/// Returns `2020 – 2025` as `2020-2025`.
fn without_blanks(text: &str) -> String {
    text.chars()
        .filter(|char| !char.is_whitespace())
        .map(|char| {
            if matches!(char, '\u{2010}'..='\u{2015}') {
                '-'
            } else {
                char
            }
        })
        .collect()
}

/// Returns a nested value without blanks around its slashes.
fn nested(text: &str) -> String {
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    parts.join("/")
}
