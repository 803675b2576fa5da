//! Citations over a corpus: every place where a document is cited, and what the texts say of it.
//!
//! [`places`] finds where something is cited, a [`CitedTable`] counts the cited documents, [`reports`] sums up what the places say of each cited document,
//! [`cited_together`] tells what else the same passages cite, and a [`CitationIndex`] compares the citations of a text that
//! is no part of the corpus with all of these. [`registered()`] asks the register of central documents.

mod asked_for;
mod citation_index;
mod cited_row;
mod cited_table;
mod registered;
mod report;
mod together;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::convert::Infallible;

pub use asked_for::{cited_by_symbol, is_symbol_asked_for};
pub use citation_index::{
    CitationIndex, CitingPlace, LookedUpCitation, LookedUpText, MAX_LISTED_PLACES, MAX_LOOKED_UP, resolver_of,
};
pub use cited_row::{CitedDocument, CitedRow};
pub use cited_table::{CitedOrder, CitedTable, RowsByKey, citing_documents, times_cited};
pub use registered::{RegisterOrder, RegisterQuery, near_registered, register_terms, registered};
pub use report::{Claim, Disagreement, RelatedPlaces, Report, by_relation, report, reports};
pub use together::{MAX_CITED_TOGETHER, MAX_CITING_PASSAGES, cited_together, citing_passages};

use crate::citation::Relation;
use crate::index::{Error, Index};
use crate::query::{self, AskedSymbol, Diagnostic, Filters, Node};
use crate::reading::Model;
use crate::record::{self, CitationRecord, CitedAt, DocumentRecord, Facet};
use crate::search::{self, AllowedPassages};
use crate::symbol::{Symbol, canonical_symbol, symbol_number, trim_zeros};
use crate::text::{fold, named, syllables};

/// The cited document that somebody asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct CitedQuery {
    /// Its symbol or its name.
    asked: Asked,
    /// Its date, ISO, if it was given: two documents may have one symbol.
    date: Option<String>,
    /// Its issuer, if it was given.
    issuer: Option<String>,
}

/// The symbol or the name that somebody asks for.
#[derive(Clone, Debug, PartialEq)]
enum Asked {
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
        };
        if let Some(symbol) = symbol_alone(typed) {
            return Self {
                asked: Asked::Symbol(symbol),
                date: None,
                issuer: None,
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
        })
    }

    /// Returns the date that was asked for, ISO, perhaps partial.
    #[must_use]
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// Returns true if `citation` cites the document asked for.
    fn is_cited_by(&self, citation: &CitationRecord) -> bool {
        let is_asked = match &self.asked {
            Asked::Name(asked) => {
                let name = citation.name.as_deref().map(syllables).unwrap_or_default();
                let symbol = citation.symbol.as_deref().map(syllables).unwrap_or_default();
                !asked.is_empty() && (asked.iter().all(|syllable| name.contains(syllable)) || symbol == *asked)
            }
            Asked::Symbol(asked) => {
                let cited = citation.counted_as().and_then(canonical_symbol);
                match &asked.canonical {
                    Some(canonical) => cited.as_ref() == Some(canonical),
                    None => is_cited_in_short(asked, citation, cited.as_deref()),
                }
            }
        };
        is_asked && self.agrees(citation)
    }

    /// Returns true unless `citation` means a document of another date or issuer.
    fn agrees(&self, citation: &CitationRecord) -> bool {
        let told = citation.identity.as_deref().unwrap_or("");
        let (told, told_date) = told
            .rsplit_once(" ngày ")
            .map_or((told, None), |(told, date)| (told, Some(date)));
        let told_issuer = told.split_once(" của ").map(|(_, issuer)| fold(issuer));
        let one_begins_the_other = |one: &str, other: &str| one.starts_with(other) || other.starts_with(one);
        let dates = self.date.as_deref().zip(told_date.or(citation.date.as_deref()));
        let issuers = self.issuer.as_deref().zip(told_issuer.as_deref());
        dates.is_none_or(|(asked, told)| one_begins_the_other(asked, told))
            && issuers.is_none_or(|(asked, told)| asked.contains(told) || told.contains(asked))
    }

    /// Returns true if a citation with this key (its symbol, or its name) may cite the document asked for.
    fn may_have_key(&self, key: &str) -> bool {
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

named! {
    /// The order of the places that cite something.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum PlaceOrder {
        /// By citing document and position in it.
        #[default]
        Document = "document",
        /// By date of the citing document, latest first; documents without a date last.
        Date = "date",
        /// By date of the citing document, oldest first; documents without a date last.
        Oldest = "oldest",
    }
}

named! {
    /// The order of what one document cites.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum CitesOrder {
        /// By place in the document.
        #[default]
        Place = "place",
        /// By symbol or name.
        Cited = "cited",
        /// By date of the cited document as the text gives it, latest first; those without a date last.
        Date = "date",
        /// By date of the cited document as the text gives it, oldest first; those without a date last.
        Oldest = "oldest",
    }
}

impl CitesOrder {
    /// Puts the citations of a document, which are in the order of their places, in this order.
    pub fn sort(self, places: &mut [CitedAt]) {
        let date = |place: &CitedAt| place.citation.date.clone();
        match self {
            Self::Place => {}
            Self::Cited => places.sort_by(|one, other| one.citation.counted_as().cmp(&other.citation.counted_as())),
            Self::Date => places.sort_by_cached_key(|place| Reverse(date(place))),
            Self::Oldest => places.sort_by(|one, other| search::oldest_first(date(one), date(other))),
        }
    }
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
    /// Puts the places in this order.
    ///
    /// # Errors
    /// Those of [`Index::documents`].
    pub fn sort(&mut self, index: &Index, order: PlaceOrder) -> Result<(), Error> {
        if order != PlaceOrder::Document {
            let dates: HashMap<&str, &str> = index
                .documents()?
                .filter_map(|record| Some((record.document.as_str(), record.date.as_deref()?)))
                .collect();
            let date = |place: &CitedAt| dates.get(place.citation.document.as_str()).copied();
            match order {
                PlaceOrder::Document => {}
                PlaceOrder::Date => self.places.sort_by_key(|place| Reverse(date(place))),
                PlaceOrder::Oldest => {
                    self.places
                        .sort_by(|one, other| search::oldest_first(date(one), date(other)));
                }
            }
        }
        Ok(())
    }

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
/// A document that speaks of itself ("Nghị quyết này") does not cite itself. Filters by relation and by the kind of the
/// cited document are ones of the citation, other filters are ones of its passage.
///
/// # Errors
/// Those of reading the index.
pub fn places(index: &Index, asked: Option<&CitedQuery>, filters: &Filters) -> Result<Places, Error> {
    let keys = asked.map(|asked| candidate_keys(index, asked)).transpose()?;
    let mut places = Vec::new();
    let is_meant = |place: &CitedAt| {
        !place.citation.is_own_document()
            && asked.is_none_or(|asked| asked.is_cited_by(&place.citation))
            && is_related(&place.citation, filters)
    };
    let mut diagnostics = Vec::new();
    let take = |place| {
        places.extend(Some(place).filter(is_meant));
        Ok(())
    };
    if search::each_citation(index, keys.as_deref(), filters, &mut diagnostics, take)? {
        return Ok(Places { places, diagnostics });
    }
    let allowed = if filters.is_empty() {
        None
    } else {
        Some(AllowedPassages::of(index, filters)?)
    };
    // Reading the citations of a document is slow, so documents that cannot have a place are skipped first.
    let candidates = keys.map(|keys| candidate_documents(index, keys)).transpose()?;
    let may_have_one = |document: &DocumentRecord| {
        let id = &document.document;
        let may_cite = candidates.as_ref().is_none_or(|candidates| candidates.contains(id));
        may_cite && allowed.as_ref().is_none_or(|allowed| allowed.has_any(id))
    };
    index.for_each_cited(may_have_one, |document, cited| {
        places.extend(cited.into_iter().filter(|place| {
            is_meant(place)
                && allowed
                    .as_ref()
                    .is_none_or(|allowed| allowed.has(&document.document, place.order))
        }));
        Ok(())
    })?;
    Ok(Places {
        places,
        diagnostics: allowed.map(|allowed| allowed.diagnostics).unwrap_or_default(),
    })
}

/// Returns true if the citation itself, not only another one of its passage, is of the act and kind that `filters` ask for.
fn is_related(citation: &CitationRecord, filters: &Filters) -> bool {
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

/// Returns cited symbols that look like `typed`, nearest first, if the corpus does not cite `typed` itself.
///
/// # Errors
/// Those of reading the index.
pub fn near_symbols(index: &Index, typed: &str) -> Result<Vec<String>, Error> {
    let keys = candidate_keys(index, &CitedQuery::parse(typed))?;
    if candidate_documents(index, keys)?.is_empty() {
        search::nearest_symbols(index, typed)
    } else {
        Ok(Vec::new())
    }
}

/// Returns the keys, under which citations are counted, of those that may cite what was asked for.
fn candidate_keys(index: &Index, asked: &CitedQuery) -> Result<Vec<String>, Error> {
    let mut keys = Vec::new();
    search::for_each_value(index, Facet::Cites, |key| {
        if asked.may_have_key(key) {
            keys.push(key.to_owned());
        }
    })?;
    Ok(keys)
}

/// Returns the ids of the documents with a passage that has one of `keys`.
fn candidate_documents(index: &Index, keys: Vec<String>) -> Result<HashSet<String>, Error> {
    // There may be keys that no passage has any more; they find nothing.
    let mut cited = Filters::default();
    keys.into_iter().for_each(|key| cited.add(Facet::Cites, key));
    // No filters at all would let every document pass.
    if cited.is_empty() {
        return Ok(HashSet::new());
    }
    Ok(values(index, &cited, Facet::Document)?.into_iter().collect())
}

/// Returns the values of `facet` that passages which pass `filters` have; those of all passages without filters.
fn values(index: &Index, filters: &Filters, facet: Facet) -> Result<Vec<String>, Error> {
    let (counts, _) = search::facets(index, filters, vec![facet])?;
    let values = counts.iter().flat_map(|counts| &counts.values);
    Ok(values.map(|value| value.value.clone()).collect())
}
