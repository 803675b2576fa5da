//! The cited document that somebody asks for, and which citations cite it.

use std::collections::HashSet;
use std::convert::Infallible;

use super::counted::Counted;
use crate::citation::Relation;
use crate::query::{self, AskedSymbol, Filters, Node};
use crate::reading::Model;
use crate::record::{self, Facet};
use crate::search;
use crate::symbol::{Symbol, canonical_symbol, symbol_number, trim_zeros};
use crate::text::{fold, syllables};

/// The cited document that somebody asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct CitedQuery {
    /// Its symbol or its name.
    pub(super) asked: Asked,
    /// Its date, ISO, if it was given: two documents may have one symbol.
    pub(super) date: Option<String>,
    /// Its issuer, if it was given.
    issuer: Option<String>,
    /// The keys that its citations must be counted by; any, if `None`.
    keys: Option<HashSet<String>>,
}

/// The symbol or the name that somebody asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asked {
    /// A symbol in any usual writing, or kind and number.
    Symbol(AskedSymbol),
    /// The syllables of a name, all of which must be in the name that is cited.
    Name(Vec<String>),
}

impl CitedQuery {
    /// Reads what was typed or pasted: a symbol; a citation as documents write it, with its date and issuer, or as this
    /// program prints its identity; else a name.
    ///
    /// ```
    /// use vankien::concordance::CitedQuery;
    /// let pasted = CitedQuery::parse("Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị");
    /// assert_eq!(pasted.date(), Some("2024-12-22"));
    /// assert_eq!(CitedQuery::parse("nq 57").date(), None);
    /// ```
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let named = || Self {
            asked: Asked::Name(syllables(typed)),
            date: None,
            issuer: None,
            keys: None,
        };
        if let Some(symbol) = symbol_alone(typed) {
            return Self {
                asked: Asked::Symbol(symbol),
                date: None,
                issuer: None,
                keys: None,
            };
        }
        let Ok(read) = record::read_text(typed.to_owned(), || Ok::<_, Infallible>(Model::shipped()));
        let Some(citation) = read.citations.into_iter().next() else {
            return named();
        };
        let asked = match (&citation.symbol, &citation.name) {
            (Some(symbol), _) => symbol_alone(symbol).map(Asked::Symbol),
            (None, Some(name)) => Some(Asked::Name(syllables(name))),
            (None, None) => None,
        };
        asked.map_or_else(named, |asked| Self {
            asked,
            date: citation.date.map(|date| date.to_string()),
            issuer: citation.issuer.as_deref().map(fold),
            keys: None,
        })
    }

    /// Returns the date that was asked for, ISO, perhaps partial.
    #[must_use]
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// Returns the query for those of its citations that are counted by one of `keys`, as
    /// [`counts_by_key`](super::counts_by_key) returns them.
    #[must_use]
    pub fn counted_by(self, keys: impl IntoIterator<Item = String>) -> Self {
        Self {
            keys: Some(keys.into_iter().collect()),
            ..self
        }
    }

    /// Returns true if it asks by a symbol, not by a name.
    pub(super) const fn is_symbol(&self) -> bool {
        matches!(self.asked, Asked::Symbol(_))
    }

    /// Returns true if `citation` cites the document asked for.
    pub(super) fn is_cited_by(&self, citation: &Counted<'_>) -> bool {
        if self.keys.as_ref().is_some_and(|keys| !keys.contains(citation.key)) {
            return false;
        }
        let is_asked = match &self.asked {
            Asked::Name(asked) => {
                let name = citation.name.map(syllables).unwrap_or_default();
                let symbol = citation.symbol.map(syllables).unwrap_or_default();
                !asked.is_empty() && (asked.iter().all(|syllable| name.contains(syllable)) || symbol == *asked)
            }
            Asked::Symbol(asked) => {
                let cited = canonical_symbol(citation.key);
                match &asked.canonical {
                    Some(canonical) => cited.as_ref() == Some(canonical),
                    None => is_cited_in_short(asked, citation, cited.as_deref()),
                }
            }
        };
        is_asked && self.agrees(citation)
    }

    /// Returns true unless `citation` means a document of another date or issuer.
    fn agrees(&self, citation: &Counted<'_>) -> bool {
        let told = citation.identity.unwrap_or("");
        let (told, told_date) = told
            .rsplit_once(" ngày ")
            .map_or((told, None), |(told, date)| (told, Some(date)));
        let told_issuer = told.split_once(" của ").map(|(_, issuer)| fold(issuer));
        let one_begins_the_other = |one: &str, other: &str| one.starts_with(other) || other.starts_with(one);
        let dates = self.date.as_deref().zip(told_date.or(citation.date));
        let issuers = self.issuer.as_deref().zip(told_issuer.as_deref());
        dates.is_none_or(|(asked, told)| one_begins_the_other(asked, told))
            && issuers.is_none_or(|(asked, told)| asked.contains(told) || told.contains(asked))
    }

    /// Returns true if a citation with this key (its symbol, or its name) may cite the document asked for.
    pub(super) fn may_have_key(&self, key: &str) -> bool {
        match &self.asked {
            Asked::Name(asked) => {
                let named = syllables(key);
                // A law that is cited with its number has both a symbol, which is its key, and a name.
                asked.iter().all(|syllable| named.contains(syllable)) || is_symbol_of_law(key)
            }
            Asked::Symbol(asked) => canonical_symbol(key).is_some_and(|key| {
                asked
                    .canonical
                    .as_ref()
                    .map_or_else(|| symbol_number(&key) == asked.number, |canonical| key == *canonical)
            }),
        }
    }
}

/// Reads `typed` as a symbol and nothing else.
fn symbol_alone(typed: &str) -> Option<AskedSymbol> {
    let (query, _) = query::parse(typed);
    let root = match query.root {
        Node::All(mut nodes) if nodes.len() == 1 => nodes.remove(0),
        root => root,
    };
    match root {
        Node::Symbol(symbol) => Some(symbol),
        _ => None,
    }
}

/// Returns true if `key` is the symbol of a law, `31/2024/QH15`.
fn is_symbol_of_law(key: &str) -> bool {
    key.parse::<Symbol>()
        .is_ok_and(|symbol| symbol.kind.is_empty() && symbol.body.starts_with("QH"))
}

/// Returns true if `citation`, with the canonical symbol `cited`, has the number asked for, and the kind or letters.
fn is_cited_in_short(asked: &AskedSymbol, citation: &Counted<'_>, cited: Option<&str>) -> bool {
    let has_number = citation.number.map(trim_zeros) == Some(asked.number.as_str());
    let has_kind = asked.kinds.is_empty() || asked.kinds.contains(&citation.kind);
    let has_letters = asked
        .letters
        .as_deref()
        .zip(cited)
        .is_some_and(|(letters, cited)| cited.split('-').any(|group| group == letters));
    has_number && (has_kind || has_letters)
}

/// Returns true if the citation itself, not only another one of its passage, is of the act and kind that `filters` ask for.
pub(super) fn is_related(citation: &Counted<'_>, filters: &Filters) -> bool {
    let property = |facet: Facet| match facet {
        Facet::Relation => Some(citation.relation.map_or("", Relation::name)),
        Facet::CitedKind => Some(citation.kind.name()),
        _ => None,
    };
    let has = |facet: Facet, values: &[String]| {
        let mut values = values.iter().filter_map(|value| search::usual_value(facet, value));
        property(facet).map(|property| values.any(|value| value == property))
    };
    filters
        .required()
        .all(|(facet, values)| has(facet, values) != Some(false))
        && !filters
            .excluded()
            .any(|(facet, values)| has(facet, values) == Some(true))
}
