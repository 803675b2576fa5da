//! A citation as found in one passage, before its offsets are those of the source, and as found in its document,
//! before what the document says elsewhere is added.

use super::congress::Congress;
use super::relation::{Relation, Replacement};
use super::tail::Tail;
use super::{Citation, CitationForm};
use crate::document::PartialDate;
use crate::symbol::{Kind, Symbol};
use crate::text::{Span, fold};

/// One mention of a document; spans and offsets are bytes of the passage's view.
#[derive(Clone, Debug)]
pub(super) struct DocumentMention {
    /// From the type word, or the number of a further item of a list, to the end of symbol or name.
    pub(super) span: Span,
    /// The offset of its number, or of the span if it has none.
    pub(super) start: usize,
    /// The kind of the document.
    pub(super) kind: Kind,
    /// The kind code of its type word; empty if it has none.
    pub(super) code: &'static str,
    /// The symbol, if all its letters are known.
    pub(super) symbol: Option<Symbol>,
    /// The number as printed.
    pub(super) number: Option<String>,
    /// The range that its number begins or ends, as bytes of the view.
    pub(super) range: Option<Span>,
    /// The stable name of a document that is cited without a number.
    pub(super) name: Option<String>,
    /// The way in which it is written.
    pub(super) form: CitationForm,
    /// The date of the cited document.
    pub(super) date: Option<PartialDate>,
    /// The issuer, as bytes of the view.
    pub(super) issuer: Option<Span>,
    /// The subject, as bytes of the view.
    pub(super) subject: Option<Span>,
    /// The date that a definition gives of the document, for a mention by the defined name.
    pub(super) defined_date: Option<PartialDate>,
    /// The part that is cited, as bytes of the view.
    pub(super) pinpoint: Option<Span>,
    /// The act by which the passage refers to it.
    pub(super) relation: Option<Relation>,
    /// The document that replaces or repeals it.
    pub(super) replacement: Option<Replacement>,
    /// The part that only the whole document tells.
    pub(super) open: Option<Open>,
    /// The index of the first word after it and its date, issuer and subject.
    pub(super) end: usize,
}

/// The part of a mention that only the whole document tells.
#[derive(Clone, Debug)]
pub(super) enum Open {
    /// The number after the type word may count something ("nghị quyết 57" in small letters), or follows letters that
    /// have other meanings ("CT 5"): it is a citation only if the document cites that number with letters.
    Count,
    /// The letters after number and year ("Thông tư 18/2019"): only a symbol of this year gives them.
    Letters {
        /// The year.
        year: u16,
    },
    /// Committee and ordinal of a congress, as far as the mention gives them.
    Congress(Congress),
    /// The congress that elected the Central Committee: "Nghị quyết Trung ương 4" gives the plenum alone.
    Plenum {
        /// The document and the plenum: `Nghị quyết Trung ương 4`.
        name: String,
        /// The number of the plenum.
        number: u8,
    },
}

/// A citation of a document, with what is needed to complete it from the others.
#[derive(Clone, Debug)]
pub(super) struct FoundCitation {
    /// The citation, with its offsets in the source.
    pub(super) citation: Citation,
    /// The kind code of its type word; empty if it has none.
    pub(super) code: &'static str,
    /// The part that the other citations tell.
    pub(super) open: Option<Open>,
}

impl DocumentMention {
    /// Returns a mention of `kind` at `span` without any details.
    pub(super) fn new(span: Span, kind: Kind) -> Self {
        Self {
            span,
            start: span.start,
            kind,
            code: "",
            symbol: None,
            number: None,
            range: None,
            name: None,
            form: CitationForm::Name,
            date: None,
            issuer: None,
            subject: None,
            defined_date: None,
            pinpoint: None,
            relation: None,
            replacement: None,
            open: None,
            end: 0,
        }
    }

    /// Returns a mention by name; `end` is the word after it.
    pub(super) fn named(span: Span, kind: Kind, name: impl Into<String>, end: usize) -> Self {
        Self {
            name: Some(name.into()),
            end,
            ..Self::new(span, kind)
        }
    }

    /// Returns true if it means the document that it stands in: "Nghị quyết này".
    pub(super) fn is_own_document(&self) -> bool {
        let named = self.symbol.is_some() || self.name.is_some() || self.number.is_some();
        self.form == CitationForm::Alias && !named
    }

    /// Returns true if it may turn out to count something, and then is no citation: "nghị quyết 57".
    pub(super) fn is_doubtful(&self) -> bool {
        matches!(self.open, Some(Open::Count))
    }

    /// Adds the parts of `tail` that it does not have yet.
    pub(super) fn add_tail(&mut self, tail: &Tail) {
        self.date = self.date.or(tail.date);
        self.issuer = self.issuer.or(tail.issuer);
        self.subject = self.subject.or(tail.subject);
        self.end = self.end.max(tail.end);
    }

    /// Gives a symbol that is printed with TƯ the letters TU if its issuer in `text` is a province's committee:
    /// "Nghị quyết 13-NQ/TƯ của Tỉnh ủy".
    pub(super) fn correct_committee(&mut self, text: &str) {
        let printed = || self.span.slice(text).ends_with(['Ư', 'ư']);
        let local = |issuer: Span| {
            let issuer = fold(issuer.slice(text));
            issuer.contains("tinh uy") || issuer.contains("thanh uy")
        };
        if self.symbol.as_ref().is_some_and(|symbol| symbol.body == "TW")
            && printed()
            && self.issuer.is_some_and(local)
            && let Some(symbol) = &mut self.symbol
        {
            "TU".clone_into(&mut symbol.body);
        }
    }
}
