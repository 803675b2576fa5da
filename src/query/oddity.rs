//! Oddities of a question: what was not understood, or can find nothing, although the rest is answered.
//!
//! An oddity carries values, not prose: [`Display`](fmt::Display) words it in English, a page in the language of its
//! reader.

use std::fmt;

use super::{Facet, Operator};
use crate::text::Span;

/// An oddity and its place in the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Bytes of the query; `None` if it is about the whole query or about filters given beside it.
    pub span: Option<Span>,
    /// The oddity.
    pub oddity: Oddity,
}

impl Diagnostic {
    /// Returns a diagnostic about a part of the query.
    #[must_use]
    pub const fn at(span: Span, oddity: Oddity) -> Self {
        Self {
            span: Some(span),
            oddity,
        }
    }

    /// Returns a diagnostic about the whole query, or about filters.
    #[must_use]
    pub const fn whole(oddity: Oddity) -> Self {
        Self { span: None, oddity }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.oddity.fmt(f)
    }
}

/// A part of a question that was not understood, is ignored, or can find nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A closing bracket without an opening one.
    UnopenedBracket,
    /// An opening bracket without a closing one.
    UnclosedBracket,
    /// A bracket inside more brackets than are followed ([`MAX_DEPTH`](super::MAX_DEPTH)).
    BracketsTooDeep,
    /// A quotation mark without its pair.
    UnclosedQuote,
    /// Quotation marks without a word between them.
    EmptyPhrase,
    /// An operator without the words that it needs.
    LoneOperator(Operator),
    /// `-` without a word after it.
    LoneMinus,
    /// `*` without the beginning of a word before it.
    LoneStar,
    /// A filter in brackets.
    FilterInBrackets,
    /// A query without a word or filter.
    NoWord,
    /// More words than are searched for.
    TooManyWords {
        /// Number of words that are searched for.
        max: usize,
    },
    /// A prefix of more words than are searched for.
    TooManyExpansions {
        /// Number of words that are searched for.
        max: usize,
    },
    /// A value of a filter that no passage has.
    NoSuchValue {
        /// The facet.
        facet: Facet,
        /// The value.
        value: String,
    },
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnopenedBracket => "closing bracket without an opening one",
            Self::UnclosedBracket => "opening bracket without a closing one",
            Self::BracketsTooDeep => "brackets nested too deep are ignored",
            Self::UnclosedQuote => "quotation mark without its pair",
            Self::EmptyPhrase => "no word between the quotation marks",
            Self::LoneOperator(Operator::Not) => "`NOT` needs words after it",
            Self::LoneOperator(operator) => return write!(f, "`{}` needs words on both sides", operator.word()),
            Self::LoneMinus => "`-` needs a word right after it",
            Self::LoneStar => "`*` needs the beginning of a word before it",
            Self::FilterInBrackets => "a filter applies to the whole query, even inside brackets",
            Self::NoWord => "there is no word to search for",
            Self::TooManyWords { max } => return write!(f, "only the first {max} words are searched for"),
            Self::TooManyExpansions { max } => {
                return write!(f, "more than {max} words begin with this; not all are searched for");
            }
            Self::NoSuchValue { facet, value } => return write!(f, "no passage has the {facet} `{value}`"),
        })
    }
}
