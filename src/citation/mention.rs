//! A citation as it is found in one passage, before it is addressed in the source.

use super::CitationForm;
use super::tail::Tail;
use crate::document::PartialDate;
use crate::symbol::{Kind, Symbol};
use crate::text::Span;

/// One mention of a document; spans and offsets are bytes of the passage's view.
#[derive(Clone, Debug)]
pub(super) struct DocumentMention {
    /// From the type word, or the number of a further item, to the end of symbol or name.
    pub(super) span: Span,
    /// Where the number begins, or the span where there is none.
    pub(super) start: usize,
    /// What sort of document.
    pub(super) kind: Kind,
    /// The kind code that its type word stands for; empty where there is none.
    pub(super) code: &'static str,
    /// The symbol with all its letters.
    pub(super) symbol: Option<Symbol>,
    /// The number as printed.
    pub(super) number: Option<String>,
    /// Stable name of what has no number.
    pub(super) name: Option<String>,
    /// How it is written.
    pub(super) form: CitationForm,
    /// Date of the cited document.
    pub(super) date: Option<PartialDate>,
    /// Issuer, in the view's text.
    pub(super) issuer: Option<Span>,
    /// Subject, in the view's text.
    pub(super) subject: Option<Span>,
    /// The first word behind it and its date, issuer and subject.
    pub(super) end: usize,
}

impl DocumentMention {
    /// A mention of `kind` at `span`, without anything else.
    pub(super) fn new(span: Span, kind: Kind) -> Self {
        Self {
            span,
            start: span.start,
            kind,
            code: "",
            symbol: None,
            number: None,
            name: None,
            form: CitationForm::Name,
            date: None,
            issuer: None,
            subject: None,
            end: 0,
        }
    }

    /// A mention by name; `end` is the word behind it.
    pub(super) fn named(span: Span, kind: Kind, name: impl Into<String>, end: usize) -> Self {
        Self {
            name: Some(name.into()),
            end,
            ..Self::new(span, kind)
        }
    }

    /// Takes up what stands behind it, where it has nothing of its own.
    pub(super) fn take_tail(&mut self, tail: &Tail) {
        self.date = self.date.or(tail.date);
        self.issuer = self.issuer.or(tail.issuer);
        self.subject = self.subject.or(tail.subject);
        self.end = self.end.max(tail.end);
    }
}
