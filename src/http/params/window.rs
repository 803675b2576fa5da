//! Pagination: the window of a list that a request asks for, and the cursor of the next window.

use std::ops::Range;

use super::{Parameter, Params, Takes};
use crate::http::problem::{Code, Problem};
use crate::index::{Index, State};
use crate::search::DEFAULT_LIMIT;

/// Maximum number of items in one answer.
const MAX_ITEMS: usize = 100;

/// Maximum `limit` of a list that is given whole without one.
const MAX_ITEMS_OF_WHOLE: usize = 1000;

/// Maximum `offset`; a `cursor` goes further.
const MAX_OFFSET: usize = 10_000;

/// Number of items to skip.
pub(crate) const OFFSET: Parameter = Parameter {
    name: "offset",
    about: "Number of items to skip before them.",
    takes: Takes::Number {
        min: 0,
        max: MAX_OFFSET,
        default: 0,
    },
};

/// Position to continue from.
pub(crate) const CURSOR: Parameter = Parameter {
    name: "cursor",
    about: "Position to continue from: the `next` of the previous answer to the same question. Valid for one state of the index.",
    takes: Takes::Text(""),
};

/// The parameters of a window.
pub(crate) const WINDOW: [Parameter; 3] = [
    Parameter {
        name: "limit",
        about: "Maximum number of items.",
        takes: Takes::Number {
            min: 0,
            max: MAX_ITEMS,
            default: DEFAULT_LIMIT,
        },
    },
    OFFSET,
    CURSOR,
];

/// The parameters of a window of a list that is given whole to whoever sets no limit.
pub(crate) const WINDOW_OF_WHOLE: [Parameter; 3] = [
    Parameter {
        name: "limit",
        about: "Maximum number of items; all without it.",
        takes: Takes::Bound {
            max: MAX_ITEMS_OF_WHOLE,
        },
    },
    OFFSET,
    CURSOR,
];

impl Params {
    /// Returns the requested window of an answer from `index`.
    ///
    /// # Errors
    /// `repeated-parameter` if both `cursor` and `offset` are given; `invalid-cursor`; `stale-cursor`.
    pub(crate) fn window(&self, index: &Index) -> Result<Window, Problem> {
        self.window_of(index, DEFAULT_LIMIT)
    }

    /// Returns the same of a list that is given whole without a limit ([`WINDOW_OF_WHOLE`]).
    ///
    /// # Errors
    /// Those of [`Self::window`].
    pub(crate) fn window_of_whole(&self, index: &Index) -> Result<Window, Problem> {
        self.window_of(index, usize::MAX)
    }

    /// Returns the requested window, of at most `most` items unless the request sets a limit.
    ///
    /// # Errors
    /// Those of [`Self::window`].
    pub(crate) fn window_of(&self, index: &Index, most: usize) -> Result<Window, Problem> {
        let limit = self.number("limit").unwrap_or(most);
        let question = self.digest();
        let offset = match (self.text("cursor"), self.number("offset")) {
            (None, offset) => offset.unwrap_or(0),
            (Some(_), Some(_)) => {
                let detail = "'cursor' and 'offset' exclude each other; give one of them";
                return Err(Problem::new(Code::RepeatedParameter, detail).about("cursor"));
            }
            (Some(cursor), None) => WindowCursor::offset_in(cursor, index.state(), question)?,
        };
        Ok(Window {
            limit,
            offset,
            state: index.state(),
            question,
        })
    }

    /// Returns a digest of all parameters but those of the window. It ties a cursor to its question.
    fn digest(&self) -> u32 {
        let mut hasher = blake3::Hasher::new();
        let window = |name: &str| WINDOW.iter().any(|parameter| parameter.name == name);
        let pairs = self.pairs.iter().map(|(parameter, value)| (parameter.name, value));
        let mut pairs: Vec<(&str, &String)> = pairs.filter(|(name, _)| !window(name)).collect();
        // The order in which they were sent does not change the question.
        pairs.sort_unstable();
        for (name, value) in pairs {
            hasher.update(name.as_bytes()).update(b"\0");
            hasher.update(value.as_bytes()).update(b"\0");
        }
        let [a, b, c, d, ..] = *hasher.finalize().as_bytes();
        u32::from_le_bytes([a, b, c, d])
    }
}

/// A slice of a list: the items that one answer shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// Maximum number of items.
    pub(crate) limit: usize,
    /// Number of items before them.
    pub(crate) offset: usize,
    state: State,
    question: u32,
}

impl Window {
    /// Returns the part of a whole list that the window shows.
    pub(crate) fn slice<'l, T>(&self, list: &'l [T]) -> &'l [T] {
        &list[self.range(list.len())]
    }

    /// Returns the positions that the window shows of a list of `total` items.
    pub(crate) fn range(&self, total: usize) -> Range<usize> {
        let first = self.offset.min(total);
        first..first.saturating_add(self.limit).min(total)
    }

    /// Returns the cursor of the next window, or `None` if this one reaches the last of `total` items.
    pub(crate) fn next(&self, total: usize) -> Option<String> {
        let offset = self.offset.saturating_add(self.limit);
        let cursor = WindowCursor {
            state: self.state.to_string(),
            offset,
            question: self.question,
        };
        (self.limit > 0 && offset < total).then(|| cursor.to_text())
    }
}

/// A position in the list of all answers to one question, in one state of the index.
#[derive(Debug)]
struct WindowCursor {
    state: String,
    offset: usize,
    question: u32,
}

impl WindowCursor {
    /// Returns the text form: state, offset and question, separated by `-`.
    fn to_text(&self) -> String {
        format!("{}-{:x}-{:08x}", self.state, self.offset, self.question)
    }

    /// Returns the offset in the cursor `text`.
    ///
    /// # Errors
    /// `invalid-cursor` if it is malformed or of another question; `stale-cursor` if it is of another state.
    fn offset_in(text: &str, state: State, question: u32) -> Result<usize, Problem> {
        let Some(cursor) = Self::parse(text) else {
            let detail = "'cursor' is not the 'next' of an answer";
            return Err(Problem::new(Code::InvalidCursor, detail).about("cursor"));
        };
        if cursor.question != question {
            let detail =
                "'cursor' belongs to another question; repeat that question unchanged, or leave out the cursor";
            return Err(Problem::new(Code::InvalidCursor, detail).about("cursor"));
        }
        if cursor.state != state.to_string() {
            let detail = "the index has changed since 'cursor' was issued; start again without it";
            return Err(Problem::new(Code::StaleCursor, detail).about("cursor"));
        }
        Ok(cursor.offset)
    }

    /// Parses the text form.
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let cursor = Self {
            state: parts.next()?.to_owned(),
            offset: usize::from_str_radix(parts.next()?, 16).ok()?,
            question: u32::from_str_radix(parts.next()?, 16).ok()?,
        };
        parts.next().is_none().then_some(cursor)
    }
}
