//! Citations over a corpus: every place where a document is cited, and what the texts say of it.
//!
//! [`places`] finds where something is cited, [`reports`] sums up what the places say of each cited document,
//! [`cited_together`] tells what else the same passages cite, and a [`Register`] compares the citations of a text that
//! is no part of the corpus with all of these.

mod register;
mod report;
mod together;

use std::collections::HashSet;

pub use register::{LookedUpCitation, MAX_LISTED_PLACES, Register, RegisteredPlace};
pub use report::{CitedDocument, Claim, Disagreement, Report, cited_documents, report, reports};
pub use together::{MAX_CITED_TOGETHER, MAX_CITING_PASSAGES, cited_together, citing_passages};

use crate::index::{Error, Index};
use crate::query::{self, AskedSymbol, Diagnostic, Filters, Node, Query};
use crate::record::{CitationRecord, CitedAt, DocumentRecord, Facet};
use crate::search::{self, AllowedPassages, Options};
use crate::symbol::{Symbol, canonical_symbol, symbol_number, trim_zeros};
use crate::text::syllables;

/// The cited document that somebody asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum CitedQuery {
    /// By a symbol in any usual writing, or by kind and number.
    Symbol(AskedSymbol),
    /// By name: the syllables, all of which must be in the name.
    Name(Vec<String>),
}

impl CitedQuery {
    /// Reads what was typed: a symbol if it is one and nothing else, else a name.
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

    /// Returns true if `citation` cites the document asked for.
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
                    None => is_cited_in_short(asked, citation, cited.as_deref()),
                }
            }
        }
    }

    /// Returns true if a citation with this key (its symbol, or its name) may cite the document asked for.
    fn may_have_key(&self, key: &str) -> bool {
        match self {
            Self::Name(asked) => {
                let named = syllables(key);
                // A law that is cited with its number has both a symbol, which is its key, and a name.
                asked.iter().all(|syllable| named.contains(syllable)) || is_symbol_of_law(key)
            }
            Self::Symbol(asked) => canonical_symbol(key).is_some_and(|key| {
                asked
                    .canonical
                    .as_ref()
                    .map_or_else(|| symbol_number(&key) == asked.number, |canonical| key == *canonical)
            }),
        }
    }
}

/// Returns true if `key` is the symbol of a law, `31/2024/QH15`.
fn is_symbol_of_law(key: &str) -> bool {
    key.parse::<Symbol>()
        .is_ok_and(|symbol| symbol.kind.is_empty() && symbol.body.starts_with("QH"))
}

/// Returns true if `citation`, with the canonical symbol `cited`, has the number asked for, and the kind or letters.
fn is_cited_in_short(asked: &AskedSymbol, citation: &CitationRecord, cited: Option<&str>) -> bool {
    let has_number = citation.number.as_deref().map(trim_zeros) == Some(asked.number.as_str());
    let has_kind = asked.kinds.is_empty() || asked.kinds.contains(&citation.kind);
    let has_letters = asked
        .letters
        .as_deref()
        .zip(cited)
        .is_some_and(|(letters, cited)| cited.split('-').any(|group| group == letters));
    has_number && (has_kind || has_letters)
}

/// The places where something is cited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The places, in document order.
    pub places: Vec<CitedAt>,
    /// Oddities of the filters: values that no passage has.
    pub diagnostics: Vec<Diagnostic>,
}

impl Places {
    /// Returns the documents with one of these places, sorted by id.
    ///
    /// # Errors
    /// Those of [`Index::documents`].
    pub fn documents<'i>(&self, index: &'i Index) -> Result<Vec<&'i DocumentRecord>, Error> {
        let citing: HashSet<&str> = self
            .places
            .iter()
            .map(|place| place.citation.document.as_str())
            .collect();
        let documents = index.documents()?;
        Ok(documents
            .filter(|record| citing.contains(record.document.as_str()))
            .collect())
    }
}

/// Returns every place that cites the document `asked` for (any document, if `None`), in passages that pass `filters`.
///
/// A document that speaks of itself ("Nghị quyết này") does not cite itself.
///
/// # Errors
/// Those of reading the index.
pub fn places(index: &Index, asked: Option<&CitedQuery>, filters: &Filters) -> Result<Places, Error> {
    let allowed = if filters.is_empty() {
        None
    } else {
        Some(AllowedPassages::of(index, filters)?)
    };
    // Reading the citations of a document is slow, so documents that cannot have a place are skipped first.
    let candidates = asked.map(|asked| candidate_documents(index, asked)).transpose()?;
    let mut places = Vec::new();
    for document in index.documents()? {
        let id = &document.document;
        let may_cite = candidates.as_ref().is_none_or(|candidates| candidates.contains(id));
        let may_pass = allowed.as_ref().is_none_or(|allowed| allowed.has_any(id));
        if may_cite && may_pass {
            places.extend(index.cited_places(id)?.into_iter().filter(|place| {
                !place.citation.is_own_document()
                    && asked.is_none_or(|asked| asked.is_cited_by(&place.citation))
                    && allowed.as_ref().is_none_or(|allowed| allowed.has(id, place.order))
            }));
        }
    }
    Ok(Places {
        places,
        diagnostics: allowed.map(|allowed| allowed.diagnostics).unwrap_or_default(),
    })
}

/// Returns cited symbols that look like `typed`, nearest first, if the corpus does not cite `typed` itself.
///
/// # Errors
/// Those of reading the index.
pub fn near_symbols(index: &Index, typed: &str) -> Result<Vec<String>, Error> {
    if candidate_documents(index, &CitedQuery::parse(typed))?.is_empty() {
        search::nearest_symbols(index, typed)
    } else {
        Ok(Vec::new())
    }
}

/// Returns the ids of the documents that may cite what was asked for: those with a passage that has one of its keys.
fn candidate_documents(index: &Index, asked: &CitedQuery) -> Result<HashSet<String>, Error> {
    let keys = values(index, &Filters::everywhere(), Facet::Cites)?;
    let mut cited = Filters::default();
    for key in keys.filter(|key| asked.may_have_key(key)) {
        cited.add(Facet::Cites, key);
    }
    // No filters at all would let every document pass.
    if cited.is_empty() {
        return Ok(HashSet::new());
    }
    Ok(values(index, &cited, Facet::Document)?.collect())
}

/// Returns the values of `facet` that passages which pass `filters` have.
fn values(index: &Index, filters: &Filters, facet: Facet) -> Result<impl Iterator<Item = String> + use<>, Error> {
    let options = Options::counting(vec![facet]);
    let results = search::search(index, &Query::default(), filters, &options)?;
    let counts = results.facets.into_iter().flat_map(|counts| counts.values);
    Ok(counts.map(|value| value.value))
}
