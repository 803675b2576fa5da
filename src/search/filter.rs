//! Filters to clauses of the engine's query: the values of one facet are OR-ed, different facets AND-ed.

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query as EngineQuery, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;

use super::steady::Steady;
use crate::index::symbols::canonical_symbol;
use crate::index::{Error, Facet, Index};
use crate::query::Filters;
use crate::text::{Diagnostic, fold};

/// A clause of the engine's query that does not score.
type Clause = (Occur, Box<dyn EngineQuery>);

/// What filters restrict to, a clause per facet, so that each facet can be counted without its own.
pub(super) struct Restriction {
    clauses: Vec<(Facet, Occur, Box<dyn EngineQuery>)>,
}

impl Restriction {
    /// The restriction to `filters`; values that no passage has are told.
    pub(super) fn of(index: &Index, filters: &Filters, diagnostics: &mut Vec<Diagnostic>) -> Result<Self, Error> {
        let mut clauses = Vec::new();
        for (facet, values) in filters.required() {
            clauses.push((facet, Occur::Must, any_of(index, facet, values, diagnostics)?));
        }
        for (facet, values) in filters.excluded() {
            clauses.push((
                facet,
                Occur::MustNot,
                Box::new(Steady(any_of(index, facet, values, diagnostics)?)),
            ));
        }
        Ok(Self { clauses })
    }

    /// All clauses.
    pub(super) fn all(&self) -> Vec<Clause> {
        self.but(None)
    }

    /// All clauses but those that ask for values of `facet`; values that are shut out stay out.
    pub(super) fn but(&self, facet: Option<Facet>) -> Vec<Clause> {
        let kept = self
            .clauses
            .iter()
            .filter(|(of, occur, _)| Some(*of) != facet || *occur == Occur::MustNot);
        kept.map(|(_, occur, query)| (*occur, query.box_clone())).collect()
    }

    /// Are values of `facet` asked for?
    pub(super) fn requires(&self, facet: Facet) -> bool {
        self.clauses
            .iter()
            .any(|(of, occur, _)| *of == facet && *occur == Occur::Must)
    }
}

/// Passages with one of `values`.
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
            diagnostics.push(Diagnostic::whole(format!("no passage has the {facet} `{value}`")));
        }
        terms.extend(found);
    }
    let query: Box<dyn EngineQuery> = match terms.len() {
        1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::Basic)),
        _ if terms.iter().all(|term| term.field() == index.fields().facet(facet)) => Box::new(TermSetQuery::new(terms)),
        _ => Box::new(BooleanQuery::new_multiterms_query(terms)),
    };
    Ok(Box::new(ConstScoreQuery::new(query, 0.0)))
}

/// The terms that `value` stands for and that some passage has.
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
        Facet::Place | Facet::Quality | Facet::Cites => vec![term(&folded)],
    };
    terms.dedup();
    present(index, &mut terms)?;
    if terms.is_empty()
        && facet == Facet::Cites
        && let Some(canonical) = canonical_symbol(value)
    {
        terms.push(Term::from_field_text(index.fields().symbol, &canonical));
        present(index, &mut terms)?;
    }
    Ok(terms)
}

/// Keeps the terms that some passage has.
fn present(index: &Index, terms: &mut Vec<Term>) -> Result<(), Error> {
    let mut kept = Vec::with_capacity(terms.len());
    for term in terms.drain(..) {
        if index.guard(|| index.searcher().doc_freq(&term))? > 0 {
            kept.push(term);
        }
    }
    *terms = kept;
    Ok(())
}

/// The folded ids of the document `folded`, or else of those whose ids begin so.
fn documents(index: &Index, folded: &str) -> Result<Vec<String>, Error> {
    let ids = || -> Result<Vec<String>, Error> {
        let mut ids: Vec<String> = index.documents()?.map(|document| fold(&document.document)).collect();
        ids.retain(|id| !folded.is_empty() && id.starts_with(folded));
        Ok(ids)
    };
    let ids = ids()?;
    Ok(if ids.iter().any(|id| id == folded) {
        vec![folded.to_owned()]
    } else {
        ids
    })
}

/// `2020 – 2025` as `2020-2025`.
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

/// A nested value without blanks around its slashes.
fn nested(text: &str) -> String {
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    parts.join("/")
}
