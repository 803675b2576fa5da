//! Oddities of a question: what was not understood, or can find nothing, although the rest is answered.
//!
//! An oddity carries values, not prose: [`Display`](fmt::Display) words it in English, a page in the language of its
//! reader.

use std::fmt;

use super::{DateEnd, FilterName, Operator};
use crate::document::{NotADate, PartialDate};
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
    NoSuchValue(UnknownValue),
    /// A date that cannot be read.
    NotADate {
        /// The end of the range that it was given for.
        end: DateEnd,
        /// The value.
        value: String,
    },
    /// An end of a range of dates that is excluded.
    ExcludedDate(DateEnd),
    /// A range of dates without a day.
    EmptyRange {
        /// Its first date.
        from: PartialDate,
        /// Its last date.
        to: PartialDate,
    },
}

/// A value of a filter that no passage has, and those that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    /// The filter.
    pub filter: FilterName,
    /// The value, or the part of it that is unknown.
    pub value: String,
    /// True if some document may have it one day: a name, where the values of others are a closed list.
    pub is_possible: bool,
    /// Values that look like it, nearest first.
    pub near: Vec<String>,
    /// All values, if none is near and they are few.
    pub allowed: Vec<String>,
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { filter, value, .. } = self;
        if self.is_possible {
            write!(f, "no passage has the {filter} '{value}'")?;
        } else {
            write!(f, "there is no {filter} '{value}'")?;
        }
        if !self.near.is_empty() {
            write!(f, "; did you mean '{}'?", self.near.join("' or '"))
        } else if !self.allowed.is_empty() {
            write!(f, "; there are {}", self.allowed.join(", "))
        } else {
            Ok(())
        }
    }
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
            Self::NoSuchValue(unknown) => return unknown.fmt(f),
            Self::NotADate { end, value } => {
                return write!(f, "`{}:{value}` is ignored: {NotADate}", end.name());
            }
            Self::ExcludedDate(end) => {
                return write!(
                    f,
                    "`{}:` cannot be excluded; give the other end of the range",
                    end.name()
                );
            }
            Self::EmptyRange { from, to } => return write!(f, "no day is from {from} on and up to {to}"),
        })
    }
}
