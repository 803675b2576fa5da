//! Who cites what: every reference to another document, with its span, and what it refers to.
//!
//! [`find`](find()) reads one document; [`Resolver`] compares the citations of a whole corpus with its
//! documents. A symbol is not an identity: each committee numbers anew in every term, so two citations
//! of `21-NQ/TW` may mean two documents, and where the texts do not decide, a citation is ambiguous.

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

/// The mention of one document. A list of documents gives one citation per item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Index in [`crate::document::Document::passages`] of the passage it stands in.
    pub passage: usize,
    /// Bytes of the source from the type word (or the number, for a further item of a list) to the end
    /// of the symbol or name.
    pub span: Span,
    /// Byte of the source where the number begins, or `span.start` for a citation without one: the
    /// citation's line is counted from here.
    pub start: usize,
    /// What sort of document is cited: by the type word, else by the letters of the symbol.
    pub kind: Kind,
    /// The canonical symbol (`144-QĐ/TW`); `None` when cited without one.
    pub symbol: Option<String>,
    /// A stable name for what is cited without a symbol (`Nghị quyết Trung ương 4 khóa XII`).
    pub name: Option<String>,
    /// The number of the symbol as printed, without letters (`144`); `None` without one.
    pub number: Option<String>,
    /// Issuer, as the text names it with the citation or with the list it belongs to.
    pub issuer: Option<String>,
    /// Date, as the text gives it with the citation.
    pub date: Option<PartialDate>,
    /// Subject (trích yếu), as the text gives it: begins with `về` or a quotation mark.
    pub subject: Option<String>,
    /// How it is written.
    pub form: CitationForm,
    /// What became of it when the corpus was looked at.
    pub status: CitationStatus,
    /// Identities that it may have, when ambiguous: symbol or name with date, issuer or term.
    pub candidates: Vec<String>,
    /// The one identity that it has, when resolved and more than the symbol or name is known: with date,
    /// and with issuer where the series is a local one.
    pub identity: Option<String>,
    /// Id of the cited document, where the corpus holds it.
    pub target: Option<String>,
}

impl Citation {
    /// What it is counted and looked up under: its symbol, or else its name.
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
