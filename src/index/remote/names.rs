//! The names of an index in OpenSearch: its aliases, and the engine's own indexes that they point to.
//!
//! An index `vankien` has the aliases `vankien-passages`, `-documents`, `-citations` and `-state`. All four point to
//! engine's indexes of one number, `vankien-passages-000003` and so on. An index that is built anew gets a new number,
//! and the aliases move in one step. `vankien-writer` has the lease of whoever writes.

use std::collections::BTreeMap;

use serde::Deserialize;
use ureq::http::Method;

use super::client::{Call, Client, Effect};
use super::error::RemoteError;
use crate::index::error::Error;
use crate::text::named;

named! {
    /// A part of an index, which is an engine's index of its own.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub(crate) enum Part {
        /// The passages.
        Passages = "passages",
        /// The documents, whole.
        Documents = "documents",
        /// The citations.
        Citations = "citations",
        /// The facts about the index as a whole.
        State = "state",
    }
}

/// Digits of a number in the name of an engine's index; a larger number has more.
const DIGITS: usize = 6;

/// The engine's indexes of one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names {
    /// The name of the index.
    name: String,
    /// The number.
    pub(crate) number: u64,
}

impl Names {
    /// Returns those of the index `name` with this number.
    pub(crate) fn new(name: &str, number: u64) -> Self {
        Self {
            name: name.to_owned(),
            number,
        }
    }

    /// Returns the name of the engine's index of a part.
    pub(crate) fn index(&self, part: Part) -> String {
        format!("{}-{:0DIGITS$}", alias(&self.name, part), self.number)
    }

    /// Returns the number and part of an engine's index of the index `name`; `None` if it is no such one.
    pub(super) fn split(name: &str, index: &str) -> Option<(u64, Part)> {
        let rest = index.strip_prefix(name)?.strip_prefix('-')?;
        let (part, digits) = rest.rsplit_once('-')?;
        let is_number = digits.len() >= DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().ok().filter(|_| is_number)?;
        let part = Part::ALL.iter().find(|known| known.name() == part)?;
        Some((number, *part))
    }

    /// Reads the names that the aliases of the index point to now; `None` if there is no such index.
    ///
    /// # Errors
    /// Those of every call; [`RemoteError::Damaged`] if the aliases point to several numbers.
    pub(crate) fn current(client: &Client) -> Result<Option<Self>, Error> {
        let name = client.address().name();
        let aliased = Self::aliased(client)?;
        let Some(&(_, number)) = aliased.first() else {
            return Ok(None);
        };
        if !aliased.iter().copied().eq(Part::ALL.iter().map(|part| (*part, number))) {
            return Err(client.error(|url| RemoteError::Damaged {
                url,
                name: name.to_owned(),
                what: "an alias".to_owned(),
                cause: None,
            }));
        }
        Ok(Some(Self::new(name, number)))
    }

    /// Reads the parts and numbers of the engine's indexes that the aliases of the index point to, sorted.
    ///
    /// # Errors
    /// Those of every call.
    pub(super) fn aliased(client: &Client) -> Result<Vec<(Part, u64)>, Error> {
        let name = client.address().name();
        #[derive(Deserialize)]
        struct Aliased {
            aliases: BTreeMap<String, serde_json::Value>,
        }
        let path = format!("/_alias/{name}-*");
        let answer = client.answer(Call::new(Method::GET, &path, Effect::Read).accepting(&[404]))?;
        if answer.status == 404 {
            return Ok(Vec::new());
        }
        let indexes: BTreeMap<String, Aliased> = client.read(&answer)?;
        // The pattern also fits the aliases of an index `vankien-2`.
        let aliased = indexes.iter().filter_map(|(index, aliased)| {
            let (number, part) = Self::split(name, index)?;
            aliased
                .aliases
                .contains_key(&alias(name, part))
                .then_some((part, number))
        });
        let mut aliased: Vec<(Part, u64)> = aliased.collect();
        aliased.sort_unstable();
        Ok(aliased)
    }

    /// Reads the parts and numbers of all engine's indexes of the index, with an alias or without.
    ///
    /// # Errors
    /// Those of every call.
    pub(super) fn all(client: &Client) -> Result<Vec<(Part, u64)>, Error> {
        let name = client.address().name();
        #[derive(Deserialize)]
        struct Row {
            index: String,
        }
        let path = format!("/_cat/indices/{name}-*?format=json&h=index");
        let answer = client.answer(Call::new(Method::GET, &path, Effect::Read).accepting(&[404]))?;
        if answer.status == 404 {
            return Ok(Vec::new());
        }
        let rows: Vec<Row> = client.read(&answer)?;
        let known = rows.iter().filter_map(|row| Self::split(name, &row.index));
        Ok(known.map(|(number, part)| (part, number)).collect())
    }
}

/// Returns the alias of a part of the index `name`.
pub(super) fn alias(name: &str, part: Part) -> String {
    format!("{name}-{}", part.name())
}

/// Returns the name of the engine's index with the lease of the index `name`.
pub(super) fn writer_index(name: &str) -> String {
    format!("{name}-writer")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_what_they_were_made_of() {
        for number in [1, 999_999, 1_234_567] {
            for &part in Part::ALL {
                let index = Names::new("van-kien", number).index(part);
                assert_eq!(Names::split("van-kien", &index), Some((number, part)), "{index}");
                assert_eq!(Names::split("van", &index), None);
            }
        }
        for other in [
            "van-kien-passages",
            "van-kien-passages-12",
            "van-kien-writer",
            "van-kien-2-passages-000001",
        ] {
            assert_eq!(Names::split("van-kien", other), None, "{other}");
        }
    }
}
