//! The places where something is cited.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::all_citations::AllCitations;
use super::cited_query::{CitedQuery, is_related};
use super::counted::Counted;
use crate::index::{Error, Index};
use crate::query::{Diagnostic, Filters};
use crate::record::{CitedAt, DocumentRecord, Facet};
use crate::search::{self, AllowedPassages};
use crate::text::named;

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
    let all = index.made::<AllCitations>();
    let mut known: Option<HashSet<String>> = None;
    let keys: Option<Vec<String>> = match (asked, &all) {
        (None, _) => None,
        (Some(asked), None) => Some(candidate_keys(index, asked)?),
        (Some(asked), Some(all)) => {
            let [keys, documents] = all.columns.keys_and_documents(asked);
            known = Some(documents.into_iter().map(str::to_owned).collect());
            Some(keys.into_iter().map(str::to_owned).collect())
        }
    };
    let mut places = Vec::new();
    let is_meant = |place: &CitedAt| {
        let citation = Counted::from(&place.citation);
        !place.citation.is_own_document()
            && asked.is_none_or(|asked| asked.is_cited_by(&citation))
            && is_related(&citation, filters)
    };
    let mut diagnostics = Vec::new();
    let take = |place| {
        places.extend(Some(place).filter(is_meant));
        Ok(())
    };
    if search::each_citation(index, keys.as_deref(), filters, &mut diagnostics, take)? {
        return Ok(Places { places, diagnostics });
    }
    let allowed = AllowedPassages::if_filtered(index, filters)?;
    // Reading the citations of a document is slow, so documents that cannot have a place are skipped first.
    let candidates = match known {
        Some(documents) => Some(documents),
        None => keys.map(|keys| candidate_documents(index, keys)).transpose()?,
    };
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

/// Returns cited symbols that look like `typed`, nearest first, if the corpus does not cite `typed` itself.
///
/// # Errors
/// Those of reading the index.
pub fn near_symbols(index: &Index, typed: &str) -> Result<Vec<String>, Error> {
    let asked = CitedQuery::parse(typed);
    // What may cite a name is found only by reading it.
    if asked.is_symbol() && !candidate_documents(index, candidate_keys(index, &asked)?)?.is_empty() {
        return Ok(Vec::new());
    }
    search::nearest_symbols(index, typed)
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
