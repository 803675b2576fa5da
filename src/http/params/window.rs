//! Pagination: the window of a list that a request asks for, and the cursor of the next window.

use super::{Parameter, Params, Takes};
use crate::http::problem::{Code, Problem};
use crate::index::{Index, State};
use crate::search::DEFAULT_LIMIT;

/// Maximum number of items in one answer.
const MAX_ITEMS: usize = 100;

/// Maximum `offset`; a `cursor` goes further.
const MAX_OFFSET: usize = 10_000;

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
    Parameter {
        name: "offset",
        about: "Number of items to skip before them.",
        takes: Takes::Number {
            min: 0,
            max: MAX_OFFSET,
            default: 0,
        },
    },
    Parameter {
        name: "cursor",
        about: "Position to continue from: the `next` of the previous answer to the same question. Valid for one state of the index.",
        takes: Takes::Text(""),
    },
];

impl Params {
    /// Returns the requested window of an answer from `index`.
    ///
    /// # Errors
    /// `repeated-parameter` if both `cursor` and `offset` are given; `invalid-cursor`; `stale-cursor`.
    pub(crate) fn window(&self, index: &Index) -> Result<Window, Problem> {
        let limit = self.number("limit").unwrap_or(DEFAULT_LIMIT);
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
        for (parameter, value) in self.pairs.iter().filter(|(parameter, _)| !window(parameter.name)) {
            hasher.update(parameter.name.as_bytes()).update(b"\0");
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
        let first = self.offset.min(list.len());
        &list[first..first.saturating_add(self.limit).min(list.len())]
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
