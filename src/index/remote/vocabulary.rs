//! The terms of an index in an engine, sorted, to find those that begin with something.
//!
//! An engine does not tell its terms, and a question for a beginning needs them: words of phrases that are cut off, and
//! the abbreviations that documents define. So the terms of three fields are kept beside the state, in documents of a few
//! thousand terms each; the state tells the first term of each document, and only those are read that a question needs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::client::Client;
use super::names::{Names, Part};
use super::records::{self, unwritable};
use super::writes::Condition;
use crate::index::error::Error;
use crate::index::folder_index::FolderIndex;

/// Terms of one document: some 20 KB when they are compressed.
pub(super) const TERMS_AT_ONCE: usize = 5_000;

/// The fields whose terms are kept.
pub(super) const FIELDS: [&str; 3] = ["folded", "exact", "named"];

/// The list of the documents with the terms of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TermLists {
    /// The number of the change that wrote them.
    pub(super) change: u64,
    /// The first term of each document, by the name of the field.
    pub(super) firsts: BTreeMap<String, Vec<String>>,
}

impl TermLists {
    /// Returns the id of the document with this number of the terms of `field`.
    pub(super) fn id(&self, field: &str, number: usize) -> String {
        format!("terms-{}-{field}-{number}", self.change)
    }

    /// Returns the number of the first document that may have terms of `field` that begin with `beginning`; `None` if the
    /// field has no terms.
    pub(super) fn first_with(&self, field: &str, beginning: &str) -> Option<usize> {
        let firsts = self.firsts.get(field).filter(|firsts| !firsts.is_empty())?;
        let after = firsts.partition_point(|first| first.as_str() < beginning);
        Some(after.saturating_sub(1))
    }

    /// Returns true if the document with this number may have terms of `field` that begin with `beginning`, or with
    /// something before it.
    pub(super) fn may_have(&self, field: &str, number: usize, beginning: &str) -> bool {
        let first = self.firsts.get(field).and_then(|firsts| firsts.get(number));
        first.is_some_and(|first| first.as_str() < beginning || first.starts_with(beginning))
    }
}

/// Puts the terms of `index` beside the state in the engine's indexes `names`, for the change with this number.
///
/// # Errors
/// Those of every call, and of reading the index.
pub(super) fn put(index: &FolderIndex, client: &Client, names: &Names, change: u64) -> Result<TermLists, Error> {
    let mut lists = TermLists {
        change,
        firsts: BTreeMap::new(),
    };
    for field in FIELDS {
        let terms = index.terms_of(field)?;
        for (number, terms) in terms.chunks(TERMS_AT_ONCE).enumerate() {
            let stored = records::encode_compressed(&terms).map_err(|cause| unwritable(index, cause))?;
            let body = json!({ "terms": stored });
            // One that is there already was put by an earlier try of this change, and has the same terms.
            let (state, id) = (names.index(Part::State), lists.id(field, number));
            client.insist(|| client.put_document(&state, &id, &body, Condition::New))?;
            let firsts = lists.firsts.entry(field.to_owned()).or_default();
            firsts.extend(terms.first().cloned());
        }
    }
    Ok(lists)
}

/// Deletes the documents of `lists`, which nobody reads any more. If a run is killed before it, some of them stay and do
/// no harm.
///
/// # Errors
/// Those of every call.
pub(super) fn delete(client: &Client, names: &Names, lists: &TermLists) -> Result<(), Error> {
    for (field, firsts) in &lists.firsts {
        for number in 0..firsts.len() {
            client.delete_document(&names.index(Part::State), &lists.id(field, number))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_with_a_beginning_are_those_between_the_first_terms() {
        let firsts = ["an", "ba", "bac", "ca"].map(str::to_owned).to_vec();
        let lists = TermLists {
            change: 7,
            firsts: BTreeMap::from([("folded".to_owned(), firsts)]),
        };
        let with = |beginning: &str| {
            let first = lists.first_with("folded", beginning).unwrap();
            let numbers = (first..).take_while(|&number| lists.may_have("folded", number, beginning));
            numbers.collect::<Vec<_>>()
        };
        assert_eq!(with("a"), [0]);
        assert_eq!(with("b"), [0, 1, 2]);
        assert_eq!(with("ba"), [0, 1, 2]);
        assert_eq!(with("bad"), [2]);
        assert_eq!(with("d"), [3]);
        assert_eq!(lists.first_with("exact", "a"), None);
        assert_eq!(lists.id("folded", 2), "terms-7-folded-2");
    }
}
