//! The window of a list that a request asks for, and the cursor that goes on after it.

use super::{Parameter, Params, Takes};
use crate::http::problem::{Code, Problem};
use crate::index::{Index, State};

/// Most items of one answer.
const MAX_ITEMS: usize = 100;

/// Most items that `offset` leaves out; `cursor` goes beyond.
const MAX_OFFSET: usize = 10_000;

/// The window of a list.
pub(crate) const WINDOW: [Parameter; 3] = [
    Parameter {
        name: "limit",
        about: "How many.",
        takes: Takes::Number {
            least: 0,
            most: MAX_ITEMS,
            default: Window::DEFAULT_LIMIT,
        },
    },
    Parameter {
        name: "offset",
        about: "How many to leave out before them.",
        takes: Takes::Number {
            least: 0,
            most: MAX_OFFSET,
            default: 0,
        },
    },
    Parameter {
        name: "cursor",
        about: "Where to go on: the `next` of the answer before, to the same question. It holds for one state of the index.",
        takes: Takes::Text(""),
    },
];

impl Params {
    /// The window asked for, of the answer that `index` gives.
    pub(crate) fn window(&self, index: &Index) -> Result<Window, Problem> {
        let limit = self.number("limit").unwrap_or(Window::DEFAULT_LIMIT);
        let question = self.digest();
        let offset = match (self.text("cursor"), self.number("offset")) {
            (None, offset) => offset.unwrap_or(0),
            (Some(_), Some(_)) => {
                let detail = "'cursor' and 'offset' both say where to go on; give one of them";
                return Err(Problem::new(Code::RepeatedParameter, detail).about("cursor"));
            }
            (Some(cursor), None) => Cursor::read(cursor, index.state(), question)?,
        };
        Ok(Window {
            limit,
            offset,
            state: index.state(),
            question,
        })
    }

    /// A digest of the question without its window.
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

/// What a list shows of all its items.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    /// Most items.
    pub(crate) limit: usize,
    /// Items left out before them.
    pub(crate) offset: usize,
    state: State,
    question: u32,
}

impl Window {
    const DEFAULT_LIMIT: usize = 10;

    /// What it shows of a whole list.
    pub(crate) fn of<'l, T>(&self, list: &'l [T]) -> &'l [T] {
        let first = self.offset.min(list.len());
        &list[first..first.saturating_add(self.limit).min(list.len())]
    }

    /// The cursor behind it, where any of `total` items are left.
    pub(crate) fn next(&self, total: usize) -> Option<String> {
        let offset = self.offset.saturating_add(self.limit);
        let cursor = Cursor {
            state: self.state.to_string(),
            offset,
            question: self.question,
        };
        (self.limit > 0 && offset < total).then(|| cursor.written())
    }
}

/// A place in the list of all answers to one question, in one state of the index.
#[derive(Debug)]
struct Cursor {
    state: String,
    offset: usize,
    question: u32,
}

impl Cursor {
    fn written(&self) -> String {
        format!("{}-{:x}-{:08x}", self.state, self.offset, self.question)
    }

    /// The offset that `written` stands for.
    fn read(written: &str, state: State, question: u32) -> Result<usize, Problem> {
        let Some(cursor) = Self::parsed(written) else {
            let detail = "'cursor' is not the 'next' of an answer";
            return Err(Problem::new(Code::InvalidCursor, detail).about("cursor"));
        };
        if cursor.question != question {
            let detail = "'cursor' belongs to another question; ask it again as it was, or without the cursor";
            return Err(Problem::new(Code::InvalidCursor, detail).about("cursor"));
        }
        if cursor.state != state.to_string() {
            let detail = "the index has changed since 'cursor' was given; begin again without it";
            return Err(Problem::new(Code::StaleCursor, detail).about("cursor"));
        }
        Ok(cursor.offset)
    }

    fn parsed(written: &str) -> Option<Self> {
        let mut parts = written.split('-');
        let cursor = Self {
            state: parts.next()?.to_owned(),
            offset: usize::from_str_radix(parts.next()?, 16).ok()?,
            question: u32::from_str_radix(parts.next()?, 16).ok()?,
        };
        parts.next().is_none().then_some(cursor)
    }
}
