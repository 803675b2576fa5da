//! Filters to questions: the values of one facet are OR-ed, different facets AND-ed.

use std::collections::{HashMap, HashSet};

use super::ask::{Ask, DayBound, Key, TermField};
use super::closed_values::usual_value;
use super::opened::engine_of;
use super::unknown_values::unknown_value;
use super::value_terms::typed_values;
use crate::citation::Relation;
use crate::index::{Error, Index, citation_term};
use crate::query::{Diagnostic, Filters, Oddity};
use crate::record::Facet;
use crate::symbol::Kind;
use crate::text::Named as _;

/// The facets that are properties of one citation; filters by several of them mean the same citation.
const OF_CITATION: [Facet; 3] = [Facet::Cites, Facet::Relation, Facet::CitedKind];

/// Filters as questions, one for the values of each facet, so that a facet can be counted without its own, and one for
/// each end of the range of dates.
pub(super) struct Restriction {
    /// The questions that must match, each with the facet of its values; `None` for dates.
    required: Vec<(Option<Facet>, Ask)>,
    /// The questions that must not match.
    excluded: Vec<Ask>,
    /// The passages with a citation that has several of the properties asked for, as each question alone lets pass what
    /// cites one document and refers to another so: without the values of the facet beside it, which may be none.
    related: Vec<(Option<Facet>, Ask)>,
}

impl Restriction {
    /// Returns the restriction to `filters`. A value that no passage has is an oddity.
    pub(super) fn of(index: &Index, filters: &Filters, diagnostics: &mut Vec<Diagnostic>) -> Result<Self, Error> {
        let mut required = Vec::new();
        for (facet, values) in filters.required() {
            required.push((Some(facet), any_of(index, facet, values, diagnostics)?));
        }
        let mut excluded = Vec::new();
        for (facet, values) in filters.excluded() {
            excluded.push(any_of(index, facet, values, diagnostics)?);
        }
        required.extend(days(filters).map(|ask| (None, ask)));
        diagnostics.extend(
            filters
                .empty_range()
                .map(|(from, to)| Diagnostic::whole(Oddity::EmptyRange { from, to })),
        );
        let mut related = Vec::new();
        for without in OF_CITATION.map(Some).into_iter().chain([None]) {
            related.extend(same_citation(index, filters, without)?.map(|ask| (without, ask)));
        }
        Ok(Self {
            required,
            excluded,
            related,
        })
    }

    /// Restricts the passages that match all of `must` and none of `must_not`; the score stays that of `must`. Values
    /// asked for of the facet `without` do not restrict; excluded values of it do.
    pub(super) fn restrict(&self, mut must: Vec<Ask>, mut must_not: Vec<Ask>, without: Option<Facet>) -> Ask {
        let applied = self
            .required
            .iter()
            .filter(|(facet, _)| facet.is_none() || *facet != without);
        must.extend(applied.map(|(_, ask)| ask.clone()));
        must_not.extend(self.excluded.iter().cloned());
        let without = without.filter(|facet| OF_CITATION.contains(facet));
        let related = self.related.iter().filter(|(of, _)| *of == without);
        must.extend(related.map(|(_, ask)| ask.clone()));
        Ask::All { must, must_not }
    }

    /// Returns the question for all passages that pass, but for the values asked for of the facet `without`.
    pub(super) fn passages(&self, without: Option<Facet>) -> Ask {
        self.restrict(vec![Ask::unscored(Ask::Everything)], Vec::new(), without)
    }

    /// Returns true if values of `facet` are asked for.
    pub(super) fn requires(&self, facet: Facet) -> bool {
        self.required.iter().any(|(of, _)| *of == Some(facet))
    }

    /// Returns true if no filter is left when the values asked for of the facet `without` are ignored.
    pub(super) fn is_empty(&self, without: Option<Facet>) -> bool {
        let ignored = |facet: &Option<Facet>| facet.is_some() && *facet == without;
        self.excluded.is_empty() && self.required.iter().all(|(facet, _)| ignored(facet))
    }
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
        let ask = Restriction::of(index, filters, &mut allowed.diagnostics)?.passages(None);
        allowed.by_document = engine_of(index).positions(&ask)?;
        Ok(allowed)
    }

    /// Returns the passages of `index` that pass `filters`; `None` without filters, since then all pass.
    ///
    /// # Errors
    /// Those of [`Self::of`].
    pub fn if_filtered(index: &Index, filters: &Filters) -> Result<Option<Self>, Error> {
        let is_filtered = !filters.is_empty();
        is_filtered.then(|| Self::of(index, filters)).transpose()
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

/// Returns the question for the passages with one of `values`.
fn any_of(index: &Index, facet: Facet, values: &[String], diagnostics: &mut Vec<Diagnostic>) -> Result<Ask, Error> {
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
    Ok(Ask::unscored(Ask::OneOf(terms)))
}

/// Returns the questions for the documents in the range of dates, one for each end: one day that the document may be of is
/// enough.
fn days(filters: &Filters) -> impl Iterator<Item = Ask> {
    let (from, to) = filters.dates();
    let from = from.map(|from| DayBound::LastFrom(from.first_day().number()));
    let to = to.map(|to| DayBound::FirstUpTo(to.last_day().number()));
    from.into_iter().chain(to).map(|bound| Ask::unscored(Ask::Day(bound)))
}

/// Returns the question for the passages with a citation that has a value asked for of each of [`OF_CITATION`] but
/// `without`; `None` unless values of at least two of them are asked for.
fn same_citation(index: &Index, filters: &Filters, without: Option<Facet>) -> Result<Option<Ask>, Error> {
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
                    cited.extend(value.terms.into_iter().map(|key| Some(key.text)));
                }
            }
        }
    }
    let mut terms = Vec::new();
    for &relation in &relations {
        for &kind in &kinds {
            let term = |cited: &Option<String>| citation_term(relation, kind, cited.as_deref());
            terms.extend(cited.iter().map(|cited| Key::new(TermField::Related, term(cited))));
        }
    }
    Ok(Some(Ask::unscored(Ask::OneOf(terms))))
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
