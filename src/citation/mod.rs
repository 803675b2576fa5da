//! Citations: every reference to another document, with its span, and the document that it means.
//!
//! [`find`](find()) finds the citations of one document; [`Resolver`] compares the citations of a whole corpus with its
//! documents. A symbol is not an identity: each committee numbers anew in every term, so two citations of `21-NQ/TW`
//! may mean two documents. If the texts do not decide between them, a citation is ambiguous.
//!
//! `tokens` cuts a passage into words, and `kinds` finds type words in it. From there `numbered` reads citations with a
//! number, `named` those by name and `alias` those by a name that the
//! document has defined and those of itself; `tail` reads the date, issuer and subject after each, `pinpoint` the part
//! that is cited and `relation` the verb in front, and `complete` adds what the document says elsewhere. A new way of writing a citation belongs in one of these.

mod alias;
mod complete;
mod congress;
mod fields;
mod find;
mod identity;
mod kinds;
mod mention;
mod named;
mod numbered;
mod numerals;
mod own_number;
mod pinpoint;
mod registered;
mod relation;
mod resolve;
mod share;
mod tail;
#[cfg(test)]
mod tests;
mod tokens;

use serde::{Deserialize, Serialize};

pub(crate) use fields::{move_cited_fields, with_cited_fields};
pub use find::find;
pub(crate) use identity::same_body;
pub use relation::{Relation, Replacement};
pub use resolve::{Account, Observed, Resolver};

use crate::document::PartialDate;
use crate::text::{Span, named};

with_cited_fields! {
    /// One mention of a document. A list of documents gives one citation for each item.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Citation {
        /// Index of its passage in [`crate::document::Document::passages`].
        pub passage: usize,
        /// Bytes of the source from the type word (or the number, for a further item of a list) to the end
        /// of the symbol or name.
        pub span: Span,
        /// Offset in the source at which the number begins, or `span.start` for a citation without one. Its line gives
        /// the line of the citation.
        pub start: usize,
        /// Date of the cited document where the citing one has defined this name for it: of several documents of one
        /// symbol it is the one with this date. The text prints it elsewhere, so it is not [`date`](Self::date).
        pub defined_date: Option<PartialDate>,
        /// The document that replaces or repeals the cited one, if the clause says that one does. The text may be older
        /// than what became of it: this is what the citing document says, not what holds.
        pub replacement: Option<Replacement>,
        /// The congress whose term of office is printed beside it: 13 for "(khóa XIII)".
        pub congress: Option<u8>,
    }
    cited(date: PartialDate)
    {}
}

impl Citation {
    /// Returns true if it means the document that it stands in: "Nghị quyết này". Such a citation has a target but no
    /// key, and no table counts it.
    #[must_use]
    pub fn is_own_document(&self) -> bool {
        is_own_document(self.form, self.key(), self.number.as_deref())
    }

    /// Returns the key under which it is counted and looked up: its symbol, or else its name.
    #[must_use]
    pub fn key(&self) -> &str {
        self.symbol.as_deref().or(self.name.as_deref()).unwrap_or("")
    }

    /// Returns the key under which it is counted: as [`key`](Self::key), but by the symbol of its identity if it is
    /// cited without one ("Luật Đất đai" of 2024, "Nghị quyết 57").
    #[must_use]
    pub fn counted_as(&self) -> &str {
        counted_as(self.symbol.as_deref(), self.identity.as_deref(), self.name.as_deref()).unwrap_or("")
    }
}

/// Returns the key under which a citation with these parts is counted; `None` if it has none of them.
pub(crate) fn counted_as<'c>(
    symbol: Option<&'c str>,
    identity: Option<&'c str>,
    name: Option<&'c str>,
) -> Option<&'c str> {
    let of_identity = || {
        let identity = identity?;
        let end = identity.find(" của ").or_else(|| identity.find(" ngày "))?;
        identity
            .get(..end)
            .filter(|key| key.starts_with(|char: char| char.is_ascii_digit()))
    };
    symbol.or_else(of_identity).or(name)
}

/// Returns true if a citation of this form, with this [key](Citation::key) and number, means the document that it stands
/// in.
pub(crate) fn is_own_document(form: CitationForm, key: &str, number: Option<&str>) -> bool {
    form == CitationForm::Alias && key.is_empty() && number.is_none()
}

named! {
    /// The way in which a citation is written.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "lowercase")]
    pub enum CitationForm {
        /// With its symbol, and with date, issuer or subject.
        Full = "full",
        /// With its symbol or number alone.
        Short = "short",
        /// As an item of a list that writes the shared parts once.
        List = "list",
        /// By a name that the citing document has defined.
        Alias = "alias",
        /// By its name, without a number.
        Name = "name",
    }
}

named! {
    /// The account by which a citation was resolved.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
    #[serde(rename_all = "lowercase")]
    pub enum IdentitySource {
        /// The citing document itself.
        Text = "text",
        /// Another document of the corpus, or what it cites.
        Corpus = "corpus",
        /// The register of central documents.
        Register = "register",
    }
}

named! {
    /// Outcome of resolving a citation against the corpus.
    #[derive(
        Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
    )]
    #[serde(rename_all = "lowercase")]
    pub enum CitationStatus {
        /// One document is meant: its identity (symbol with date, issuer or term) is known.
        Resolved = "resolved",
        /// Two or more identities fit, or one that the register is not certain of.
        Ambiguous = "ambiguous",
        /// No text says which document is meant.
        #[default]
        Unresolved = "unresolved",
    }
}
