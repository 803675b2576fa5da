//! Who cites what, over a corpus: every place where a document is cited, and what the texts say of it.

mod register;
mod report;
mod together;

use std::collections::HashSet;

pub use register::{LISTED_PLACES, LookedUp, Register, RegisteredPlace};
pub use report::{Cited, Claim, Disagreement, Report, cited, report, reports};
pub use together::{MAX_CITED_TOGETHER, MAX_CITING_PASSAGES, cited_together, citing_passages};

use crate::index::{Error, Index};
use crate::query::{self, AskedSymbol, Diagnostic, Filters, Node, Query};
use crate::record::{CitationRecord, CitedAt, Facet};
use crate::search::{self, AllowedPassages, Options};
use crate::symbol::{canonical_symbol, trim_zeros};
use crate::text::syllables;

/// The cited document that somebody asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum CitedQuery {
    /// By a symbol in any usual writing, or by kind and number.
    Symbol(AskedSymbol),
    /// By name; all its syllables must stand in the name.
    Name(Vec<String>),
}

impl CitedQuery {
    /// Reads what was typed: a symbol where it is one and nothing else, else a name.
    ///
    /// ```
    /// use vankien::concordance::CitedQuery;
    /// assert!(matches!(CitedQuery::parse("nghị quyết 21"), CitedQuery::Symbol(_)));
    /// assert!(matches!(CitedQuery::parse("dieu le dang"), CitedQuery::Name(_)));
    /// ```
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let (query, _) = query::parse(typed);
        let root = match query.root {
            Node::All(mut nodes) if nodes.len() == 1 => nodes.remove(0),
            root => root,
        };
        match root {
            Node::Symbol(symbol) => Self::Symbol(symbol),
            _ => Self::Name(syllables(typed)),
        }
    }

    /// Is it this that `citation` cites?
    fn is_cited_by(&self, citation: &CitationRecord) -> bool {
        match self {
            Self::Name(asked) => {
                let name = citation.name.as_deref().map(syllables).unwrap_or_default();
                let symbol = citation.symbol.as_deref().map(syllables).unwrap_or_default();
                !asked.is_empty() && (asked.iter().all(|syllable| name.contains(syllable)) || symbol == *asked)
            }
            Self::Symbol(asked) => {
                let cited = citation.symbol.as_deref().and_then(canonical_symbol);
                match &asked.canonical {
                    Some(canonical) => cited.as_ref() == Some(canonical),
                    None => {
                        let number = citation.number.as_deref().map(trim_zeros) == Some(asked.number.as_str());
                        let letters = asked.letters.as_ref();
                        let kind = asked.kinds.is_empty() || asked.kinds.contains(&citation.kind);
                        let code = letters.is_some_and(|code| {
                            cited.is_some_and(|cited| cited.split('-').any(|group| group == code.as_str()))
                        });
                        number && (kind || code)
                    }
                }
            }
        }
    }
}

/// Places where something is cited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// In document order.
    pub places: Vec<CitedAt>,
    /// What was odd about the filters: values that nothing has.
    pub diagnostics: Vec<Diagnostic>,
}

/// Every place where the document that was `asked` for is cited (any document, for `None`), in passages that
/// pass `filters`.
///
/// # Errors
/// Those of reading the index.
pub fn places(index: &Index, asked: Option<&CitedQuery>, filters: &Filters) -> Result<Places, Error> {
    let passing = if filters.is_empty() {
        None
    } else {
        Some(AllowedPassages::of(index, filters)?)
    };
    let citing = asked.map(|asked| citing_documents(index, asked)).transpose()?;
    let mut places = Vec::new();
    for document in index.documents()? {
        let id = &document.document;
        let may_cite = citing.as_ref().is_none_or(|citing| citing.contains(id));
        let may_pass = passing.as_ref().is_none_or(|passing| passing.has_any(id));
        if may_cite && may_pass {
            places.extend(index.cited_places(id)?.into_iter().filter(|place| {
                asked.is_none_or(|asked| asked.is_cited_by(&place.citation))
                    && passing.as_ref().is_none_or(|passing| passing.has(id, place.order))
            }));
        }
    }
    Ok(Places {
        places,
        diagnostics: passing.map(|passing| passing.diagnostics).unwrap_or_default(),
    })
}

/// Symbols near to the one `asked` for, where the corpus cites that one nowhere; at most `limit`.
///
/// # Errors
/// Those of reading the index.
pub fn near(index: &Index, typed: &str, limit: usize) -> Result<Vec<String>, Error> {
    if citing_documents(index, &CitedQuery::parse(typed))?.is_empty() {
        search::nearest_symbols(index, typed, limit)
    } else {
        Ok(Vec::new())
    }
}

/// Ids of the documents that may cite what was asked for: those with a passage that has one of its keys.
fn citing_documents(index: &Index, asked: &CitedQuery) -> Result<HashSet<String>, Error> {
    let options = Options {
        limit: 0,
        facets: vec![Facet::Cites],
        ..Options::default()
    };
    let results = search::search(index, &Query::default(), &Filters::everywhere(), &options)?;
    let keys = results
        .facets
        .into_iter()
        .flat_map(|counts| counts.values)
        .map(|value| value.value);
    let mut cited = Filters::default();
    for key in keys.filter(|key| may_mean(asked, key)) {
        cited.add(Facet::Cites, key);
    }
    if cited.is_empty() {
        return Ok(HashSet::new());
    }
    let options = Options {
        limit: 0,
        facets: vec![Facet::Document],
        ..Options::default()
    };
    let results = search::search(index, &Query::default(), &cited, &options)?;
    Ok(results
        .facets
        .into_iter()
        .flat_map(|counts| counts.values)
        .map(|value| value.value)
        .collect())
}

/// May the key of a citation (its symbol, or its name) stand for what was asked for?
fn may_mean(asked: &CitedQuery, key: &str) -> bool {
    match asked {
        CitedQuery::Name(asked) => {
            let key = syllables(key);
            asked.iter().all(|syllable| key.contains(syllable))
        }
        CitedQuery::Symbol(asked) => canonical_symbol(key).is_some_and(|key| {
            asked.canonical.as_ref().map_or_else(
                || key.split('-').next() == Some(asked.number.as_str()),
                |canonical| key == *canonical,
            )
        }),
    }
}
