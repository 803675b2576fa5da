//! Citations: every reference to another document, with its span, and the document that it means.
//!
//! [`find`](find()) finds the citations of one document; [`Resolver`] compares the citations of a whole corpus with its
//! documents. A symbol is not an identity: each committee numbers anew in every term, so two citations of `21-NQ/TW`
//! may mean two documents. If the texts do not decide between them, a citation is ambiguous.
//!
//! `tokens` cuts a passage into words, and `kinds` finds type words in it. From there `numbered` reads citations with a
//! number, `named` those by name and `alias` those by a name that the document has defined; `tail` reads the date,
//! issuer and subject after each. A new way of writing a citation belongs in one of these.

mod alias;
mod find;
mod identity;
mod kinds;
mod mention;
mod named;
mod numbered;
mod resolve;
mod tail;
#[cfg(test)]
mod tests;
mod tokens;

use serde::{Deserialize, Serialize};

pub use find::find;
pub use resolve::Resolver;

use crate::document::PartialDate;
use crate::symbol::Kind;
use crate::text::{Span, named};

/// One mention of a document. A list of documents gives one citation for each item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Index of its passage in [`crate::document::Document::passages`].
    pub passage: usize,
    /// Bytes of the source from the type word (or the number, for a further item of a list) to the end
    /// of the symbol or name.
    pub span: Span,
    /// Offset in the source at which the number begins, or `span.start` for a citation without one. Its line gives the
    /// line of the citation.
    pub start: usize,
    /// Kind of the cited document, by its type word, or else by the letters of its symbol.
    pub kind: Kind,
    /// The symbol in canonical letters (`144-QĐ/TW`); `None` if it is cited without one.
    pub symbol: Option<String>,
    /// A stable name of a document that is cited without a symbol (`Nghị quyết Trung ương 4 khóa XII`).
    pub name: Option<String>,
    /// The number of the symbol as printed, without letters (`144`); `None` if it has none.
    pub number: Option<String>,
    /// Issuer, as the text names it with the citation or with its list.
    pub issuer: Option<String>,
    /// Date, as the text gives it with the citation.
    pub date: Option<PartialDate>,
    /// Subject (trích yếu), as the text gives it: it begins with `về` or a quotation mark.
    pub subject: Option<String>,
    /// The way in which it is written.
    pub form: CitationForm,
    /// Outcome of resolving it against the corpus.
    pub status: CitationStatus,
    /// The identities that an ambiguous citation may have: symbol or name with date, issuer or term.
    pub candidates: Vec<String>,
    /// The identity of a resolved citation, if more than the symbol or name is known: with date, and with issuer if the
    /// series of numbers is local.
    pub identity: Option<String>,
    /// Id of the cited document, if the corpus contains it.
    pub target: Option<String>,
}

impl Citation {
    /// Returns the key under which it is counted and looked up: its symbol, or else its name.
    #[must_use]
    pub fn key(&self) -> &str {
        self.symbol.as_deref().or(self.name.as_deref()).unwrap_or("")
    }
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
    /// Outcome of resolving a citation against the corpus.
    #[derive(
        Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
    )]
    #[serde(rename_all = "lowercase")]
    pub enum CitationStatus {
        /// One document is meant: its identity (symbol with date, issuer or term) is known.
        Resolved = "resolved",
        /// Two or more identities fit.
        Ambiguous = "ambiguous",
        /// No text says which document is meant.
        #[default]
        Unresolved = "unresolved",
    }
}
