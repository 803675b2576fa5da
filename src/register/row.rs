//! One document of the register.

use serde::{Deserialize, Serialize};

use crate::document::PartialDate;
use crate::symbol::{Kind, Symbol};
use crate::text::named;

named! {
    /// The ground on which a fact of the register rests.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "lowercase")]
    pub enum Basis {
        /// A public text says so.
        Text = "text",
        /// General knowledge: no text is behind it.
        Known = "known",
        /// A row of the office's own table.
        Office = "office",
    }
}

/// A registered document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RegisteredDocument {
    /// Its symbol (`21-NQ/TW`), or the name of a document without one (`Cương lĩnh 2011`).
    pub key: String,
    /// The congress in whose term it was issued, in Roman numerals.
    pub term: Option<String>,
    /// Its kind.
    pub kind: Kind,
    /// The word for its kind, as it begins a name: `Nghị quyết`.
    pub type_word: String,
    /// The day of signing, or the day on which a law was passed; ISO.
    #[schema(value_type = Option<String>)]
    #[serde(with = "iso_date")]
    pub date: Option<PartialDate>,
    /// Its issuer.
    pub issuer: Option<String>,
    /// Its official title, shortened, mostly from `về` on.
    pub subject: Option<String>,
    /// Its other names.
    pub names: Vec<String>,
    /// The documents that it replaces, as keys of the register (`08-QĐi/TW@XII`).
    pub replaces: Vec<String>,
    /// The documents that replace it, as keys of the register.
    pub replaced_by: Vec<String>,
    /// The ground for what it replaces and is replaced by.
    pub replacement_basis: Option<Basis>,
    /// Earlier documents on the same matter, which it does not formally repeal.
    pub follows: Vec<String>,
    /// Later documents on the same matter.
    pub followed_by: Vec<String>,
    /// The documents that amend it.
    pub amended_by: Vec<String>,
    /// The day from which it is in force.
    #[schema(value_type = Option<String>)]
    #[serde(with = "iso_date")]
    pub effective: Option<PartialDate>,
    /// The number of independent texts that give exactly its date.
    pub sources: u32,
    /// The ground for its date.
    pub basis: Basis,
    /// True if its date is certain. Otherwise the register only names it as one that may be meant.
    pub certain: bool,
    /// Doubts.
    pub note: Option<String>,
}

impl RegisteredDocument {
    /// Returns its symbol; `None` if it has none.
    #[must_use]
    pub fn symbol(&self) -> Option<&str> {
        self.key.parse::<Symbol>().ok().map(|_| self.key.as_str())
    }

    /// Returns its identity, as citations have it: `21-NQ/TW ngày 2022-06-16`.
    #[must_use]
    pub fn identity(&self) -> String {
        match self.date {
            Some(date) => format!("{} ngày {date}", self.key),
            None => self.key.clone(),
        }
    }

    /// Returns all names that texts call it by: the key of a document without a symbol, the title of a law, and the
    /// others.
    pub(super) fn all_names(&self) -> impl Iterator<Item = &str> {
        let is_law = self.kind == Kind::Luat;
        let title = self.subject.as_deref().filter(|_| is_law);
        let key = Some(self.key.as_str()).filter(|_| self.symbol().is_none());
        let names = self.names.iter().map(String::as_str);
        names.chain(title).chain(key)
    }

    /// Returns the texts that it is searched by.
    pub(super) fn searchable(&self) -> String {
        let Self {
            key,
            type_word,
            term,
            issuer,
            subject,
            names,
            ..
        } = self;
        let date = self.date.map(|date| date.to_string());
        let told = [
            Some(key),
            Some(type_word),
            term.as_ref(),
            issuer.as_ref(),
            subject.as_ref(),
            date.as_ref(),
        ];
        let told: Vec<&str> = told.into_iter().flatten().map(String::as_str).collect();
        format!("{} {}", told.join(" "), names.join(" "))
    }

    /// Returns the key and term, which no two rows share, with the kind for state documents.
    pub(super) fn unique_key(&self) -> (&str, Option<&str>, Kind) {
        (&self.key, self.term.as_deref(), self.kind)
    }
}

/// Dates as ISO strings in records.
mod iso_date {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::document::PartialDate;

    /// Writes the date as `2022-06-16`.
    pub(super) fn serialize<S: Serializer>(date: &Option<PartialDate>, to: S) -> Result<S::Ok, S::Error> {
        date.map(|date| date.to_string()).serialize(to)
    }

    /// Reads `2022-06-16`.
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PartialDate>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        let date = text.map(|text| text.parse().map_err(|_| serde::de::Error::custom("not an ISO date")));
        date.transpose()
    }
}
